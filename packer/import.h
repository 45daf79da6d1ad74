// import.h: files of scanners and modellers -> Scan.
//
// glTF 2.0 and GLB, PLY, STL and OBJ are read here; whatever else assimp knows goes through the
// `assimp` program where that is installed, in a child process. The format is recognised by
// what is in the file, then by its name.
//
// Nothing outside the scan's own folder is ever opened: a file that names an absolute path, a
// URL, "..", or a symbolic link that leads out is refused, and the sentence names it.
//
// Any thread; blocks until the scan is read. Files are expected to hold still meanwhile.

#pragma once
#include "io/thread.h"
#include "packer/scan.h"

typedef enum ImportUnit {
    IMPORT_UNIT_NONE, // not said: glTF is metres, the others are refused
    IMPORT_UNIT_MM,
    IMPORT_UNIT_CM,
    IMPORT_UNIT_M,
    IMPORT_UNIT_IN,
    IMPORT_UNIT_COUNT
} ImportUnit;

// Which axis of the file points up. Y is what is assumed: glTF says so, and most scans in PLY,
// STL and OBJ are written by programs that think so too. Z turns the piece by -90 degrees
// around X; it is the way of CAD programs and 3D printers.
typedef enum ImportUp { IMPORT_UP_Y, IMPORT_UP_Z } ImportUp;

// How much is read, 0 to 1, from the calling thread; a few hundred times at most.
typedef void ImportProgressFn(void *context, float done);

// All zero is the default.
typedef struct ImportOptions {
    ImportUnit unit; // one unit of the file is one of these; overrides glTF's metres too
    ImportUp up;
    ImportProgressFn *progress; // or NULL
    void *progress_context;
    Cancel *cancel;     // or NULL
    int assimp_seconds; // how long the assimp program may take; 0: 600
} ImportOptions;

// Reads the scan at `path`. Everything in *out lives in `arena`; triangles without an area's
// worth of corners are dropped and counted; polygons are cut into triangles. Smaller losses (a
// missing picture, a missing material library) are logged as warnings.
//
//   ERR_INVALID      PLY, STL or OBJ without a unit
//   ERR_NOT_FOUND    a sound file that holds no triangle
//   ERR_UNSUPPORTED  a point cloud, an unknown format, a feature we do not read
//   ERR_CORRUPT, ERR_LIMIT, ERR_IO, ERR_CANCELLED
NODISCARD Status import_scan(const char *path, const ImportOptions *options, Arena *arena,
                             Scan *out);

// "mm", "cm", "m" or "in"; false for anything else.
bool import_unit_parse(const char *text, ImportUnit *out);
const char *import_unit_name(ImportUnit unit); // "" for IMPORT_UNIT_NONE
double import_unit_metres(ImportUnit unit);    // 1 for IMPORT_UNIT_NONE
