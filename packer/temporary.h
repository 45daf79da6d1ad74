// temporary.h: files without a name: gone when the program ends, however that comes about.
//
// Any thread.

#pragma once
#include "base/status.h"

// TMPDIR, else `otherwise`, else /tmp (for NULL). Valid until the environment changes.
const char *temporary_folder(const char *otherwise);

// An empty file to read and write; close it. ERR_IO, with the folder's name.
NODISCARD Status temporary_open(const char *folder, int *out_fd);
