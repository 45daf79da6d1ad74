// make_opus.c: vitrine-make-opus FILE SECONDS HZ LEVEL: a sine, for tests.

#include "io/file.h"
#include "sound/sample_opus.h"

#include <stdio.h>
#include <stdlib.h>

int main(int count, char **arguments)
{
    if (count != 5)
        return 2;
    Arena arena = {0};
    SampleOpus desc = {strtod(arguments[2], NULL), 1, strtof(arguments[3], NULL),
                       strtof(arguments[4], NULL)};
    Status status = file_write(arguments[1], sample_opus(&desc, &arena));
    if (status)
        fprintf(stderr, "%s\n", fault_last()->text);
    arena_drop(&arena);
    return status ? 1 : 0;
}
