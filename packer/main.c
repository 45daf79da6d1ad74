// main.c: vitrine-pack, the artist's program: from a scan to a pack.

#include "packer/verb.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

static const Verb verbs[] = {
    {"import", "SCAN [--unit mm|cm|m|in] [--up y|z] [--language TAG] [-o FOLDER]",
     "Makes an exhibit's folder of a scan: copies the scan and what belongs to it, and writes\n"
     "drafts of exhibit.json and story.json in which what only you can know is marked FILL "
     "IN.\n\n"
     "  --unit U      what one unit of the file is. PLY, STL and OBJ do not say it "
     "themselves;\n"
     "                glTF is metres, and --unit overrides that\n"
     "  --up z        the file's z axis points up (CAD, 3D printing)\n"
     "  --language T  language of the drafts' texts, en if not given\n"
     "  -o FOLDER     where to; the scan's name, beside it, if not given\n",
     verb_import},
    {"layout", "FOLDER [--by WHAT] [--least N] [--force]",
     "Proposes rooms for a folder of exhibits and writes them into its gallery.json, for you "
     "to\n"
     "edit: rooms by theme, the largest piece of each where one sees it from the room before.\n"
     "What somebody has edited is not written over.\n\n"
     "  --by WHAT     rooms by theme, type, material, technique, maker or century, as the\n"
     "                records say, or by nothing; what divides best if not given\n"
     "  --least N     a theme of so many pieces has rooms to itself; fewer share one (4)\n"
     "  --force       writes over what has been edited, too\n",
     verb_layout},
    {"build", "FOLDER -o FILE.vitrine [--cache FOLDER] [--light none|draft|final]",
     "Builds a pack of a folder made by import, or of a folder of such folders.\n"
     "The same input gives the same bytes. On failure nothing is left behind.\n\n"
     "  -o FILE       the pack\n"
     "  --cache DIR   keeps baked sculptures there, so that only what changed is baked again\n"
     "  --light L     lights the rooms for good: draft takes seconds, final a minute\n",
     verb_build},
    {"check", "FILE|FOLDER [--quiet] [--draft]",
     "Tells everything that is wrong with a pack or a folder: one line each with the error's\n"
     "name, the file, the place and a sentence. Notes are advice. Exit status 1 if there is "
     "any\n"
     "error.\n\n"
     "  --quiet       no notes\n"
     "  --draft       what every visitor needs and is not written yet (alternative texts,\n"
     "                transcripts, rights, the language others fall back to) is a note, too\n",
     verb_check},
    {"info", "FILE [--json]",
     "Tells what is in a pack: pieces, triangles by level, pages, textures, size in mm, "
     "sample\n"
     "distances in micrometres, bytes by kind.\n\n"
     "  --json        for programs\n",
     verb_info},
    {"catalogue", "FILE -o FOLDER [--pictures FOLDER] [--no-stills]",
     "Writes all that a pack says as static HTML, for reading aloud, printing and the web: a\n"
     "page a piece and language with its label, story, alternative texts, transcripts, record\n"
     "and rights, and its pictures and sounds.\n\n"
     "  -o FOLDER     where to; begin with its index.html\n"
     "  --pictures F  a folder of pictures of the pieces themselves, ID.png each\n"
     "  --no-stills   draw no pictures of pieces and details that bring none\n",
     verb_catalogue},
    {"print", "FILE EXHIBIT -o OUT.3mf|OUT.stl [--scale S|--height MM] [--error UM]",
     "Writes a piece as a model for 3D printing, where the rights of the scan allow it: a "
     "body\n"
     "without holes, in millimetres, standing. Says what had to be closed or left out.\n\n"
     "  -o FILE       .3mf knows title, maker and rights; .stl is understood everywhere\n"
     "  --scale S     2 is twice as large as the piece, 1:10 a tenth; 1 if not given\n"
     "  --height MM   as high as that instead\n"
     "  --error UM    how far the print's surface may be off: 10 if not given\n",
     verb_print},
};

// A signal handler has no context: this is the one place that needs a global.
static Cancel interrupted;

static void on_signal(int signal_number)
{
    (void)signal_number;
    cancel_request(&interrupted);
}

static void print_help(FILE *to)
{
    fprintf(to, "vitrine-pack: from a scan to a pack for the museum\n\n");
    for (size_t i = 0; i < COUNT_OF(verbs); i++)
        fprintf(to, "  vitrine-pack %s %s\n", verbs[i].name, verbs[i].usage);
    fprintf(to, "\n`vitrine-pack VERB --help` tells more.\n");
}

static const Verb *find_verb(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(verbs); i++)
        if (strcmp(verbs[i].name, name) == 0)
            return &verbs[i];
    return NULL;
}

static bool asks_for_help(int count, char **arguments)
{
    for (int i = 0; i < count && strcmp(arguments[i], "--") != 0; i++)
        if (strcmp(arguments[i], "--help") == 0 || strcmp(arguments[i], "-h") == 0)
            return true;
    return false;
}

static int run_verb(const Verb *verb, int count, char **arguments)
{
    if (asks_for_help(count, arguments)) {
        printf("vitrine-pack %s %s\n\n%s", verb->name, verb->usage, verb->help);
        return VERB_OK;
    }
    return verb->run(verb, count, arguments, &interrupted);
}

int main(int argc, char **argv)
{
    struct sigaction action = {.sa_handler = on_signal};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);

    const char *name = argc > 1 ? argv[1] : "";
    if (strcmp(name, "--version") == 0) {
        printf(VERB_GENERATOR "\n");
        return VERB_OK;
    }
    const Verb *verb = find_verb(name);
    int status = VERB_OK;
    if (verb) {
        status = run_verb(verb, argc - 2, argv + 2);
    } else if (asks_for_help(argc - 1, argv + 1)) {
        print_help(stdout);
    } else {
        if (argc > 1)
            fprintf(stderr, "vitrine-pack: there is no verb \"%s\"\n\n", name);
        print_help(stderr);
        status = VERB_BAD_USAGE;
    }
    scratch_drop();
    return status;
}
