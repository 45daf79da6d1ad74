// verb_catalogue.c: vitrine-pack catalogue: a pack as static, accessible HTML.

#include "io/file.h"
#include "packer/args.h"
#include "packer/catalogue.h"
#include "packer/progress.h"
#include "packer/verb.h"

#include <stdio.h>

NODISCARD static Status parse_args(int count, char **arguments, CatalogueDesc *out)
{
    const ArgOption options[] = {{"--output", "-o", &out->folder, NULL},
                                 {"--pictures", NULL, &out->pictures, NULL},
                                 {"--no-stills", NULL, NULL, &out->is_undrawn}};
    size_t words = 0;
    ArgSpec spec = {options, COUNT_OF(options), &out->pack_path, 1, &words};
    TRY(args_parse(count, arguments, &spec));
    if (!words)
        return FAIL(ERR_INVALID, "say which pack to write a catalogue of");
    return out->folder ? OK : FAIL(ERR_INVALID, "say where to, with -o FOLDER");
}

int verb_catalogue(const Verb *verb, int count, char **arguments, Cancel *cancel)
{
    Progress progress = progress_make();
    CatalogueDesc args = {.cancel = cancel, .progress = &progress};
    CatalogueCount written;
    if (parse_args(count, arguments, &args))
        return verb_bad_usage(verb);
    if (file_is_folder(args.pack_path)) {
        fault_set(ERR_INVALID, __FILE__, __LINE__, "is a folder, not a pack; build makes one");
        return verb_failed(args.pack_path);
    }
    Status status = catalogue_write(&args, &written);
    progress_clear(&progress);
    if (status)
        return verb_failed(args.pack_path);
    printf("%s: %u pieces, %u languages, %u pages, %u pictures and sounds\n", args.folder,
           written.pieces, written.languages, written.pages, written.files);
    return VERB_OK;
}
