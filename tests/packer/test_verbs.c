// test_verbs.c: vitrine-pack from end to end, as an artist calls it: through the program.

#include "test.h"

#include <dirent.h>
#include <math.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "data/json.h"
#include "io/file.h"

// A folder of its own for each test, gone afterwards.
typedef struct Bench {
    Arena arena;
    const char *folder;
} Bench;

static int set_up(void **state)
{
    Bench *bench = calloc(1, sizeof *bench);
    char *folder = arena_copy_text(&bench->arena, "/tmp/vitrine-verbs-XXXXXX");
    bench->folder = mkdtemp(folder);
    *state = bench;
    return bench->folder ? 0 : -1;
}

static int tear_down(void **state)
{
    Bench *bench = *state;
    Status status = file_remove_tree(bench->folder);
    arena_drop(&bench->arena);
    free(bench);
    return status;
}

typedef struct Answer {
    int code;
    const char *text; // both outputs
} Answer;

// Runs vitrine-pack in the bench's folder; `words` are quoted by whoever needs it.
static Answer run(Bench *bench, const char *words)
{
    const char *bin = getenv("VITRINE_BIN");
    const char *command = str_format(&bench->arena, "cd '%s' && '%s/vitrine-pack' %s >out 2>&1",
                                     bench->folder, bin ? bin : "build/dev/bin", words);
    int status = system(command);
    Answer answer = {WIFEXITED(status) ? WEXITSTATUS(status) : 128, ""};
    Bytes bytes;
    assert_ok(file_read(path_join(&bench->arena, bench->folder, "out"), 1 << 24, &bench->arena,
                        &bytes));
    answer.text = (const char *)bytes.ptr;
    assert_ok(file_remove_tree(path_join(&bench->arena, bench->folder, "out")));
    return answer;
}

static void assert_code(Bench *bench, const char *words, int code)
{
    Answer answer = run(bench, words);
    if (answer.code != code)
        fail_msg("vitrine-pack %s: exit status %d, not %d: %s", words, answer.code, code,
                 answer.text);
}

// Fails, and says all of these words.
static void assert_says(Bench *bench, const char *words, int code, const char *said)
{
    Answer answer = run(bench, words);
    if (answer.code != code || !strstr(answer.text, said))
        fail_msg("vitrine-pack %s: exit status %d (expected %d, \"%s\"): %s", words,
                 answer.code, code, said, answer.text);
}

static const char *in(Bench *bench, const char *name)
{
    return path_join(&bench->arena, bench->folder, name);
}

static void put(Bench *bench, const char *name, const char *text)
{
    const char *path = in(bench, name);
    assert_ok(file_make_folders(path_folder(&bench->arena, path)));
    assert_ok(file_write(path, (Bytes){(const uint8_t *)text, strlen(text)}));
}

static Bytes get(Bench *bench, const char *name)
{
    Bytes bytes = {0};
    assert_ok(file_read(in(bench, name), 1 << 28, &bench->arena, &bytes));
    return bytes;
}

// A wavy disc of n x n squares, 40 mm wide, as ASCII PLY in millimetres.
static void put_scan(Bench *bench, const char *name, int n)
{
    FILE *file = fopen(in(bench, name), "wb");
    assert_non_null(file);
    fprintf(file,
            "ply\nformat ascii 1.0\nelement vertex %d\nproperty float x\nproperty float y\n"
            "property float z\nelement face %d\nproperty list uchar int vertex_indices\n"
            "end_header\n",
            (n + 1) * (n + 1), n * n * 2);
    for (int y = 0; y <= n; y++)
        for (int x = 0; x <= n; x++)
            fprintf(file, "%g %g %g\n", 40.0 * x / n, 40.0 * y / n,
                    3 * sin(x * 0.2) * cos(y * 0.23));
    for (int y = 0; y < n; y++)
        for (int x = 0; x < n; x++) {
            int a = y * (n + 1) + x, b = a + n + 1;
            fprintf(file, "3 %d %d %d\n3 %d %d %d\n", a, a + 1, b + 1, a, b + 1, b);
        }
    fclose(file);
}

static void import_one(Bench *bench, const char *name)
{
    put_scan(bench, "wave.ply", 60);
    assert_code(bench, str_format(&bench->arena, "import wave.ply --unit mm -o %s", name), 0);
}

static size_t count_names(Bench *bench)
{
    FileName *names;
    size_t count;
    assert_ok(file_list(bench->folder, &bench->arena, &names, &count));
    return count;
}

// The width of a piece of a pack, as info tells it to programs.
static double width_mm(Bench *bench, const char *pack, size_t piece)
{
    Answer answer = run(bench, str_format(&bench->arena, "info %s --json", pack));
    JsonDocument document = {0};
    double width = 0;
    assert_int_equal(answer.code, 0);
    assert_ok(json_parse((Bytes){(const uint8_t *)answer.text, strlen(answer.text)}, "info",
                         &document));
    JsonValue item = json_item(json_get(json_root(&document), "exhibits"), piece);
    assert_ok(json_get_number(json_get(item, "size_mm"), "width", JSON_REQUIRED,
                              (JsonRange){0, 1e9}, &width));
    json_drop(&document);
    return width;
}

// ---- the way of a scan

static void a_scan_becomes_a_pack(void **state)
{
    Bench *bench = *state;
    import_one(bench, "wave");
    assert_true(file_exists(in(bench, "wave/wave.ply")));
    assert_true(file_exists(in(bench, "wave/story.json")));
    assert_says(bench, "check wave --draft", 0, "no errors");
    assert_says(bench, "build wave -o wave.vitrine", 0, "7200 triangles");
    assert_says(bench, "check wave.vitrine --draft", 0, "no errors");
    assert_says(bench, "info wave.vitrine", 0, "median edge");
    assert_true(fabs(width_mm(bench, "wave.vitrine", 0) - 40) < 0.04);

    Answer answer = run(bench, "info wave.vitrine --json");
    JsonDocument document = {0};
    int64_t triangles = 0, bytes = 0;
    assert_int_equal(answer.code, 0);
    assert_ok(json_parse((Bytes){(const uint8_t *)answer.text, strlen(answer.text)}, "info",
                         &document));
    JsonValue root = json_root(&document);
    assert_ok(json_get_int(root, "triangles", JSON_REQUIRED, (JsonRange){1, 1e9}, &triangles));
    assert_ok(json_get_int(json_get(root, "bytes"), "pages", JSON_REQUIRED, (JsonRange){1, 1e9},
                           &bytes));
    assert_int_equal(triangles, 7200);
    json_drop(&document);
}

#define GLTF_SQUARE                                                                        \
    "\"buffers\":[{\"byteLength\":48,\"uri\":\"data:application/octet-stream;base64,"      \
    "AAAAAAAAAAAAAAAAAACAPwAAAAAAAAAAAACAPwAAgD8AAAAAAAAAAAAAgD8AAAAA\"}],"                \
    "\"bufferViews\":[{\"buffer\":0,\"byteLength\":48}],\"accessors\":[{\"bufferView\":0," \
    "\"componentType\":5126,\"count\":4,\"type\":\"VEC3\"}],"                              \
    "\"meshes\":[{\"primitives\":[{\"mode\":6,\"attributes\":{\"POSITION\":0}}]}]"

static void drafts_tell_what_the_scan_tells(void **state)
{
    Bench *bench = *state;
    put(bench, "stone_lion.gltf",
        "{\"asset\":{\"version\":\"2.0\",\"generator\":\"Scanner 3\",\"extras\":{"
        "\"title\":\"A stone lion\",\"author\":\"Ada\",\"license\":\"CC BY-SA 3.0\","
        "\"source\":\"https://example.org/lion\"}}," GLTF_SQUARE "}");
    assert_code(bench, "import stone_lion.gltf --unit cm -o lion", 0);
    const char *draft = (const char *)get(bench, "lion/exhibit.json").ptr;
    static const char *const told[] = {
        "\"id\": \"stone-lion\"",
        "\"en\": \"A stone lion\"",
        "\"en\": \"Ada\"",
        "\"en\": \"Scan: Ada, CC BY-SA 3.0\"",
        "\"https://creativecommons.org/licenses/by-sa/3.0/\"",
        "\"https://example.org/lion\"",
        "glTF 2.0, written by Scanner 3",
        "\"unit\": \"cm\"",
        "\"value_mm\": 10",
        "\"sha256\": \"",
    };
    for (size_t i = 0; i < COUNT_OF(told); i++)
        if (!strstr(draft, told[i]))
            fail_msg("the draft does not tell %s:\n%s", told[i], draft);
    static const char *const asked[] = {
        "object_type", "maker",    "date",        "materials", "technique",
        "rights",      "alt_text", "credit_line", "capture",   "scale_reference"};
    for (size_t i = 0; i < COUNT_OF(asked); i++) {
        const char *at = strstr(draft, str_format(&bench->arena, "\"%s\"", asked[i]));
        assert_non_null(at);
        assert_non_null(strstr(at, "FILL IN"));
    }
    assert_says(bench, "check lion --draft", 0, "no errors");
    // Without words of its own, the file's name is the title.
    put(bench, "stone_cat.gltf",
        "{\"asset\":{\"version\":\"2.0\",\"copyright\":\"(c) Bob, CC0\"}," GLTF_SQUARE "}");
    assert_code(bench, "import stone_cat.gltf -o cat", 0);
    draft = (const char *)get(bench, "cat/exhibit.json").ptr;
    assert_non_null(strstr(draft, "\"Stone cat\""));
    assert_non_null(strstr(draft, "\"(c) Bob, CC0\""));
    assert_non_null(strstr(draft, "\"https://creativecommons.org/publicdomain/zero/1.0/\""));
}

static void the_same_input_gives_the_same_bytes(void **state)
{
    Bench *bench = *state;
    import_one(bench, "wave");
    assert_code(bench, "build wave -o a.vitrine", 0);
    assert_code(bench, "build ./wave/ -o b.vitrine --cache cache", 0);
    assert_says(bench, "build wave -o c.vitrine --cache cache", 0, "nothing was baked anew");
    Bytes a = get(bench, "a.vitrine"), b = get(bench, "b.vitrine"), c = get(bench, "c.vitrine");
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.ptr, b.ptr, a.len);
    assert_int_equal(a.len, c.len);
    assert_memory_equal(a.ptr, c.ptr, a.len);
    // Another scan under the same name is not what the cache has.
    put_scan(bench, "wave/wave.ply", 40);
    assert_says(bench, "build wave -o d.vitrine --cache cache", 0, "3200 triangles");
}

static const char two_rooms[] =
    "{\"rooms\": [{\"id\": \"hall\", \"corners\": [[0,0],[0,6],[6,6],[6,0]]}],"
    "\"places\": [{\"piece\": \"wave\", \"stand\": \"case\", \"position\": [2,2]},"
    "{\"piece\": \"tide\", \"position\": [4,2]}],"
    "\"start\": {\"position\": [3,5], \"yaw_deg\": 180}}";

static void folders_become_a_collection(void **state)
{
    Bench *bench = *state;
    put_scan(bench, "wave.ply", 20);
    assert_code(bench, "import wave.ply --unit mm -o sea/wave", 0);
    assert_code(bench, "import wave.ply --unit cm -o sea/tide", 0);
    assert_says(bench, "check sea", 1, "has the id \"wave\" already");
    Bytes record = get(bench, "sea/tide/exhibit.json");
    char *text = (char *)record.ptr;
    char *id = strstr(text, "\"id\": \"wave\"");
    assert_non_null(id);
    memcpy(id, "\"id\": \"tide\"", 12);
    put(bench, "sea/tide/exhibit.json", text);
    put(bench, "sea/pack.json",
        "{\"id\": \"sea\", \"title\": {\"en\": \"The sea\"}, \"version\": 4,"
        "\"pieces\": [\"wave\", \"tide\"]}");
    put(bench, "sea/gallery.json", two_rooms);
    assert_code(bench, "build sea -o sea.vitrine", 0);
    assert_says(bench, "check sea.vitrine --draft", 0, "no errors");
    Answer answer = run(bench, "info sea.vitrine");
    assert_non_null(strstr(answer.text, "The sea (sea, version 4"));
    assert_non_null(strstr(answer.text, "with a gallery"));
    assert_true(fabs(width_mm(bench, "sea.vitrine", 1) - 400) < 0.4);
    assert_true(strstr(answer.text, "\nwave:") < strstr(answer.text, "\ntide:"));
}

static void import_named(Bench *bench, const char *id)
{
    put_scan(bench, str_format(&bench->arena, "%s.ply", id), 60);
    assert_code(bench,
                str_format(&bench->arena, "import %s.ply --unit mm -o things/%s", id, id), 0);
}

static void rooms_are_proposed_and_edits_respected(void **state)
{
    Bench *bench = *state;
    import_named(bench, "hare");
    import_named(bench, "bead");
    assert_says(bench, "layout things", 0, "2 pieces in 1 room");
    Bytes first = get(bench, "things/gallery.json");
    assert_code(bench, "check things --quiet --draft", 0);
    // The same again; what is untouched may be proposed anew.
    assert_code(bench, "layout things", 0);
    Bytes second = get(bench, "things/gallery.json");
    assert_true(first.len == second.len && !memcmp(first.ptr, second.ptr, first.len));
    import_named(bench, "coin");
    assert_says(bench, "layout things", 0, "3 pieces");
    // A single blank is an edit.
    const char *text = (const char *)get(bench, "things/gallery.json").ptr;
    put(bench, "things/gallery.json", str_format(&bench->arena, "%s ", text));
    assert_says(bench, "layout things", 1, "--force");
    assert_int_equal(get(bench, "things/gallery.json").len, strlen(text) + 1);
    assert_code(bench, "layout things --force", 0);
    assert_int_equal(get(bench, "things/gallery.json").len, strlen(text));
    // Broken rooms are no reason not to propose others.
    put(bench, "things/gallery.json", "{");
    assert_code(bench, "layout things --by nothing --force", 0);
    assert_code(bench, "build things -o things.vitrine", 0);
    assert_says(bench, "layout", 2, "folder");
    assert_says(bench, "layout things --by price", 2, "century");
    assert_says(bench, "layout things --least few", 2, "number");
    assert_says(bench, "layout nowhere", 1, "nowhere");
}

static void stories_travel_with_their_pictures(void **state)
{
    Bench *bench = *state;
    import_one(bench, "wave");
    put(bench, "wave/story.json",
        "{\"label\": {\"en\": \"A wave.\"}, \"chapters\": [{\"title\": {\"en\": \"t\"},"
        "\"text\": {\"en\": \"x\"}, \"image\": \"pictures/dot.png\"}]}");
    assert_says(bench, "check wave", 1, "ERR_NOT_FOUND");
    put(bench, "wave/pictures/dot.png", "this is no picture");
    assert_says(bench, "check wave", 1, "pictures/dot.png");
    assert_code(bench, "build wave -o wave.vitrine", 1);
    static const uint8_t dot[] = {0x89, 'P', 'N', 'G',  '\r', '\n', 0x1a, '\n', 0,    0, 0, 13,
                                  'I',  'H', 'D', 'R',  0,    0,    0,    1,    0,    0, 0, 1,
                                  8,    0,   0,   0,    0,    0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0,
                                  10,   'I', 'D', 'A',  'T',  0x78, 0x9c, 0x63, 0x60, 0, 0, 0,
                                  2,    0,   1,   0x48, 0xaf, 0xa4, 0x71, 0,    0,    0, 0, 'I',
                                  'E',  'N', 'D', 0xae, 0x42, 0x60, 0x82};
    assert_ok(file_write(in(bench, "wave/pictures/dot.png"), (Bytes){dot, sizeof dot}));
    assert_says(bench, "check wave --draft", 0, "no errors");
    assert_code(bench, "build wave -o wave.vitrine", 0);
    assert_says(bench, "check wave.vitrine --draft", 0, "no errors");
}

// Whatever a visitor cannot do without is an error that names its field and says how to mend
// it; a draft may be checked as one.
static void what_every_visitor_needs_is_demanded(void **state)
{
    Bench *bench = *state;
    put(bench, "wave/exhibit.json",
        "{\"id\": \"wave\", \"title\": {\"fr\": \"Vague\", \"en\": \"Wave\"}, "
        "\"holder\": {\"de\": \"Wir\"}, \"inscriptions\": [{\"la\": \"AQVA\"}], "
        "\"source\": {\"file\": \"wave.ply\", \"unit\": \"mm\"}}");
    put_scan(bench, "wave/wave.ply", 20);
    put(bench, "wave/story.json",
        "{\"label\": {\"en\": \"A wave.\"}, \"long\": {\"de\": \"Lang.\"}, "
        "\"hotspots\": [{\"id\": \"top\", \"point_mm\": [20, 20, 0], \"normal\": [0, 0, 1], "
        "\"title\": {\"en\": \"t\"}, \"text\": {\"en\": \"x\"}, \"kind\": \"symbol\", "
        "\"audio\": \"a.opus\", \"image\": \"a.png\"}]}");
    static const char *const needed[] = {
        "ERR_INVALID exhibit.json rights: not there; visitors cannot know",
        "ERR_INVALID exhibit.json alt_text: not there; describe the piece",
        "ERR_INVALID exhibit.json holder: is not there in \"en\"",
        "ERR_INVALID story.json long: is not there in \"en\"",
        "ERR_INVALID story.json hotspots[0].alt_text: not there; describe the picture",
        "ERR_INVALID story.json hotspots[0].transcript: not there; everything spoken",
    };
    for (size_t i = 0; i < COUNT_OF(needed); i++)
        assert_says(bench, "check wave", 1, needed[i]);
    assert_null(strstr(run(bench, "check wave").text, "inscriptions")); // they are quoted
    assert_says(bench, "check wave --draft", 1, "note exhibit.json alt_text: not there");
}

static void a_unit_is_demanded_where_a_format_has_none(void **state)
{
    Bench *bench = *state;
    put(bench, "wave/exhibit.json",
        "{\"id\": \"wave\", \"title\": {\"en\": \"Wave\"}, \"source\": {\"file\": "
        "\"wave.ply\"}}");
    put_scan(bench, "wave/wave.ply", 20);
    assert_says(bench, "check wave", 1, "unit");
    assert_code(bench, "check wave --draft", 1);
}

// ---- failure

static void bad_calls_are_told_in_a_sentence(void **state)
{
    Bench *bench = *state;
    assert_says(bench, "", 2, "vitrine-pack import");
    assert_says(bench, "paint", 2, "no verb \"paint\"");
    assert_says(bench, "import", 2, "say which scan");
    assert_says(bench, "import a.ply --unit ell", 2, "mm, cm, m or in");
    assert_says(bench, "import a.ply --unit", 2, "needs a value");
    assert_says(bench, "import a.ply b.ply", 2, "one word too many");
    assert_says(bench, "build a", 2, "-o FILE.vitrine");
    assert_says(bench, "build a -o a/exhibit.json", 2, "ends in .vitrine");
    assert_says(bench, "build a --fast -o b", 2, "no option --fast");
    assert_says(bench, "check", 2, "say which");
    assert_says(bench, "info", 2, "say which");
    assert_says(bench, "import --help", 0, "--unit");
    assert_says(bench, "build --help", 0, "same bytes");
    assert_says(bench, "check --help", 0, "Exit status 1");
    assert_says(bench, "info --help", 0, "--json");
    assert_says(bench, "--help", 0, "VERB --help");
}

static void failures_leave_nothing_behind(void **state)
{
    Bench *bench = *state;
    put_scan(bench, "wave.ply", 10);
    assert_says(bench, "import wave.ply -o wave", 1, "--unit");
    assert_says(bench, "import nothing.ply --unit mm -o wave", 1, "nothing.ply");
    assert_says(bench, "import wave.ply --unit mm -o wave.ply/x", 1, "ERR_");
    assert_int_equal(count_names(bench), 1);
    assert_says(bench, "build nowhere -o a.vitrine", 1, "nowhere");
    assert_says(bench, "info nothing.vitrine", 1, "nothing.vitrine");
    assert_says(bench, "check nothing.vitrine", 1, "ERR_NOT_FOUND");
    assert_int_equal(count_names(bench), 1);

    assert_code(bench, "import wave.ply --unit mm", 0);
    assert_says(bench, "import wave.ply --unit mm", 1, "already");
    put(bench, "wave/wave.ply", "ply\nformat ascii 1.0\nbroken");
    assert_says(bench, "check wave", 1, "wave.ply");
    assert_says(bench, "build wave -o a.vitrine", 1, "wave.ply");
    put_scan(bench, "wave/wave.ply", 10);
    assert_says(bench, "build wave -o nowhere/a.vitrine", 1, "ERR_");
    assert_int_equal(count_names(bench), 2);
}

static void a_failed_build_keeps_the_old_pack(void **state)
{
    Bench *bench = *state;
    import_one(bench, "wave");
    assert_code(bench, "build wave -o a.vitrine", 0);
    Bytes before = get(bench, "a.vitrine");
    put(bench, "wave/exhibit.json", "{\"id\": \"wave\"}");
    assert_says(bench, "build wave -o a.vitrine", 1, "title");
    Bytes after = get(bench, "a.vitrine");
    assert_int_equal(before.len, after.len);
    assert_memory_equal(before.ptr, after.ptr, after.len);
}

// Ctrl-C at any moment: exit status 130, or done; never a part of anything.
static void interrupting_leaves_nothing_behind(void **state)
{
    Bench *bench = *state;
    put_scan(bench, "wave.ply", 300);
    assert_code(bench, "import wave.ply --unit mm -o wave", 0);
    const char *bin = getenv("VITRINE_BIN");
    const char *program = str_format(&bench->arena, "%s/vitrine-pack", bin ? bin : "bin");
    const char *folder = in(bench, "wave"), *pack = in(bench, "a.vitrine");
    for (int wait_ms = 1; wait_ms < 200; wait_ms *= 3) {
        pid_t child = fork();
        if (child == 0) {
            if (!freopen("/dev/null", "w", stdout) || !freopen("/dev/null", "w", stderr))
                _exit(99);
            execl(program, "vitrine-pack", "build", folder, "-o", pack, (char *)NULL);
            _exit(99);
        }
        usleep((useconds_t)wait_ms * 1000);
        kill(child, SIGINT);
        int status;
        waitpid(child, &status, 0);
        // Before its first line a program dies of the signal; then it had begun nothing.
        bool is_interrupted = WIFSIGNALED(status) || WEXITSTATUS(status) == 130;
        assert_true(is_interrupted || WEXITSTATUS(status) == 0);
        assert_int_equal(count_names(bench), is_interrupted ? 2 : 3);
        if (!is_interrupted)
            assert_ok(file_remove_tree(pack));
    }
}

// Killed in the middle, whenever: what was done by then is kept, the rest follows, and the pack
// is the same to the byte. A room's light that was spoilt meanwhile is computed again.
static void killed_builds_go_on(void **state)
{
    Bench *bench = *state;
    put_scan(bench, "wave.ply", 60);
    assert_code(bench, "import wave.ply --unit mm -o wave", 0);
    assert_code(bench, "build wave -o whole.vitrine --light draft", 0);
    Bytes whole = get(bench, "whole.vitrine");
    const char *bin = getenv("VITRINE_BIN");
    const char *program = str_format(&bench->arena, "%s/vitrine-pack", bin ? bin : "bin");
    const char *folder = in(bench, "wave"), *pack = in(bench, "a.vitrine");
    const char *cache = in(bench, "cache");
    for (int wait_ms = 20; wait_ms < 2000; wait_ms *= 3) {
        pid_t child = fork();
        if (child == 0) {
            if (!freopen("/dev/null", "w", stdout) || !freopen("/dev/null", "w", stderr))
                _exit(99);
            execl(program, "vitrine-pack", "build", folder, "-o", pack, "--cache", cache,
                  "--light", "draft", (char *)NULL);
            _exit(99);
        }
        usleep((useconds_t)wait_ms * 1000);
        kill(child, SIGKILL);
        int status;
        waitpid(child, &status, 0);
    }
    assert_ok(file_remove_tree(pack));
    for (int spoilt = 0; spoilt < 2; spoilt++) {
        FileName *names;
        size_t count, lights = 0;
        assert_code(bench, "build wave -o a.vitrine --cache cache --light draft", 0);
        Bytes again = get(bench, "a.vitrine");
        assert_int_equal(again.len, whole.len);
        assert_memory_equal(again.ptr, whole.ptr, whole.len);
        assert_ok(file_remove_tree(pack)); // or its light is taken from there
        assert_ok(file_list(cache, &bench->arena, &names, &count));
        for (size_t i = 0; i < count; i++) {
            if (!strstr(names[i].name, ".light"))
                continue;
            lights++;
            put(bench, str_format(&bench->arena, "cache/%s", names[i].name), "no light");
        }
        assert_true(lights > 0);
    }
}

// ---- hostile input

// Where the directory of an archive may differ without a meaning, a flipped bit is accepted.
static void every_byte_of_a_sculpture_is_checked(void **state)
{
    Bench *bench = *state;
    static const char pages[] = "wave/sculpture.pages";
    put_scan(bench, "wave.ply", 6);
    assert_code(bench, "import wave.ply --unit mm -o wave", 0);
    assert_code(bench, "build wave -o good.vitrine", 0);
    Bytes good = get(bench, "good.vitrine");
    const uint8_t *name =
        memmem(good.ptr, good.len, pages, strlen(pages)); // in its local header
    assert_non_null(name);
    size_t start = (size_t)(name - good.ptr) + strlen(pages);
    for (size_t i = 0; i < 32; i++) {
        bool in_pages = i % 2;
        size_t at = in_pages ? start + i * 7 : good.len * i / 32 + i;
        uint8_t *copy = arena_copy(&bench->arena, good.ptr, good.len, 1);
        copy[at] ^= (uint8_t)(1 << i % 8);
        assert_ok(file_write(in(bench, "bad.vitrine"), (Bytes){copy, good.len}));
        Answer answer = run(bench, "check bad.vitrine -q");
        assert_true(answer.code == 1 || (answer.code == 0 && !in_pages));
        assert_true(answer.code == 0 || strstr(answer.text, "ERR_"));
    }
    for (size_t i = 0; i < 12; i++) {
        assert_ok(file_write(in(bench, "bad.vitrine"), bytes_first(good, good.len * i / 12)));
        assert_says(bench, "check bad.vitrine", 1, "ERR_");
        assert_code(bench, "info bad.vitrine", 1);
    }
}

static void malformed_records_are_refused(void **state)
{
    Bench *bench = *state;
    const char *folder = shared_file(&bench->arena, "conformance/json");
    FileName *names;
    size_t count, tried = 0;
    import_one(bench, "wave");
    assert_ok(file_list(folder, &bench->arena, &names, &count));
    for (size_t i = 0; i < count; i += 7) { // test_json reads them all
        Bytes bytes;
        assert_ok(file_read(path_join(&bench->arena, folder, names[i].name), 1 << 24,
                            &bench->arena, &bytes));
        assert_ok(file_write(in(bench, "wave/exhibit.json"), bytes));
        assert_says(bench, "check wave", 1, "ERR_");
        assert_code(bench, "build wave -o a.vitrine", 1);
        tried++;
    }
    assert_true(tried > 5);
    assert_false(file_exists(in(bench, "a.vitrine")));
}

static void check_all_of(Bench *bench, const char *shared_folder)
{
    const char *folder = shared_file(&bench->arena, shared_folder);
    FileName *names;
    size_t count;
    assert_ok(file_list(folder, &bench->arena, &names, &count));
    for (size_t i = 0; i < count; i++) {
        const char *path = path_join(&bench->arena, folder, names[i].name);
        if (names[i].is_folder) {
            check_all_of(bench, path_join(&bench->arena, shared_folder, names[i].name));
            continue;
        }
        assert_says(bench, str_format(&bench->arena, "check '%s'", path), 1, "ERR_");
        assert_code(bench, str_format(&bench->arena, "info '%s'", path), 1);
    }
}

static void strange_archives_are_refused(void **state)
{
    check_all_of(*state, "broken/zip");
}

static void real_scans_keep_their_size(void **state)
{
    Bench *bench = *state;
    const char *venus = shared_file(&bench->arena, "scans/venus-de-milo/venus.glb");
    const char *helmet = shared_file(&bench->arena, "scans/flight-helmet/FlightHelmet.gltf");
    assert_says(bench, str_format(&bench->arena, "import '%s' --unit mm -o venus", venus), 0,
                "694.4 x 2119 x 637.6 mm");
    assert_code(bench, str_format(&bench->arena, "import '%s' -o helmet", helmet), 0);
    assert_true(file_exists(in(bench, "helmet/FlightHelmet.bin")));
    assert_says(bench, "check helmet --draft", 0, "no errors");
}

#define VERB_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        VERB_TEST(a_scan_becomes_a_pack),
        VERB_TEST(drafts_tell_what_the_scan_tells),
        VERB_TEST(the_same_input_gives_the_same_bytes),
        VERB_TEST(folders_become_a_collection),
        VERB_TEST(rooms_are_proposed_and_edits_respected),
        VERB_TEST(stories_travel_with_their_pictures),
        VERB_TEST(what_every_visitor_needs_is_demanded),
        VERB_TEST(a_unit_is_demanded_where_a_format_has_none),
        VERB_TEST(bad_calls_are_told_in_a_sentence),
        VERB_TEST(failures_leave_nothing_behind),
        VERB_TEST(a_failed_build_keeps_the_old_pack),
        VERB_TEST(interrupting_leaves_nothing_behind),
        VERB_TEST(killed_builds_go_on),
        VERB_TEST(every_byte_of_a_sculpture_is_checked),
        VERB_TEST(malformed_records_are_refused),
        VERB_TEST(strange_archives_are_refused),
        VERB_TEST(real_scans_keep_their_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
