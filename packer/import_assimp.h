// import_assimp.h: formats we do not read, through the `assimp` program where it is installed.
//
// It runs as a child process with limits on memory, time and the size of what it writes, turns
// the file into a GLB in a temporary folder, and that is read like any other. Pictures it names
// are looked for in the scan's own folder.

#pragma once
#include "packer/import_job.h"

// True if the program is on the path.
bool import_assimp_is_installed(void);
// ERR_UNSUPPORTED where the program is absent (naming the package to install) or does not know
// the file either.
NODISCARD Status import_assimp(ImportJob *job);
