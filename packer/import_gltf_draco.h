// import_gltf_draco.h: what a Draco stream claims, read before anything is decoded.
//
// Draco sizes its tables by the counts in its header; this says whether they can be true. Any
// thread.

#pragma once
#include "base/str.h"

// ERR_CORRUPT where the stream is no mesh of bitstream 2.2 (which glTF asks for) or claims more
// than its bytes could hold; ERR_LIMIT past what a Scan may hold.
NODISCARD Status gltf_check_draco(Bytes stream);
