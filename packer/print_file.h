// print_file.h: solids as files for printers: STL and 3MF.
//
// STL: binary, little endian, without units or words. 3MF: the core specification 1.3 of the
// 3MF Consortium (https://3mf.io/spec/): a zip of XML, in millimetres, with title, maker and
// rights. Files appear whole or not at all; the same solid gives the same bytes. Any thread.

#pragma once
#include "io/thread.h"
#include "packer/solid.h"

// "" or NULL: left out.
typedef struct PrintText {
    const char *title, *designer, *description, *copyright, *license;
} PrintText;

// Millimetres, z up. ERR_IO, ERR_CANCELLED; ERR_LIMIT for more than STL counts.
NODISCARD Status print_write_stl(const char *path, const Solid *solid, Cancel *cancel);
NODISCARD Status print_write_3mf(const char *path, const Solid *solid, const PrintText *text,
                                 Cancel *cancel);
