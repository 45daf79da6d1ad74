// temporary.c: files without a name.

#include "packer/temporary.h"

#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *temporary_folder(const char *otherwise)
{
    const char *folder = getenv("TMPDIR");
    if (folder && folder[0])
        return folder;
    return otherwise ? otherwise : "/tmp";
}

Status temporary_open(const char *folder, int *out_fd)
{
    int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0) { // a file system that cannot do that: it has a name for a moment
        Scratch scratch = scratch_begin(NULL);
        char *path = arena_copy_text(scratch.arena,
                                     path_join(scratch.arena, folder, "vitrine-pack-XXXXXX"));
        fd = mkostemp(path, O_CLOEXEC);
        if (fd >= 0)
            unlink(path);
        scratch_end(scratch);
    }
    if (fd < 0)
        return FAIL(ERR_IO, "%s: cannot make a temporary file there: %s", folder,
                    strerror(errno));
    *out_fd = fd;
    return OK;
}
