// test_edid.c: what displays say of themselves, what of it can be true, and which one is meant.

#include "test.h"

#include "data/edid.h"

typedef struct Told {
    const char *name;
    int width_px, height_px;
    int mode_mm[2], whole_cm[2];
} Told;

static void add_up(uint8_t block[EDID_BLOCK_BYTES])
{
    uint8_t sum = 0;
    for (int i = 0; i < EDID_BLOCK_BYTES - 1; i++)
        sum = (uint8_t)(sum + block[i]);
    block[EDID_BLOCK_BYTES - 1] = (uint8_t)-sum;
}

static void write_edid(const Told *told, uint8_t block[EDID_BLOCK_BYTES])
{
    static const uint8_t head[] = {0, 255, 255, 255, 255, 255, 255, 0, 0x10, 0xac, 0x34, 0x12};
    memset(block, 0, EDID_BLOCK_BYTES);
    memcpy(block, head, sizeof head); // DEL
    block[21] = (uint8_t)told->whole_cm[0];
    block[22] = (uint8_t)told->whole_cm[1];
    uint8_t *mode = block + 54, *name = block + 72;
    mode[0] = 1;
    mode[2] = (uint8_t)told->width_px;
    mode[4] = (uint8_t)(told->width_px >> 4 & 0xf0);
    mode[5] = (uint8_t)told->height_px;
    mode[7] = (uint8_t)(told->height_px >> 4 & 0xf0);
    mode[12] = (uint8_t)told->mode_mm[0];
    mode[13] = (uint8_t)told->mode_mm[1];
    mode[14] = (uint8_t)((told->mode_mm[0] >> 4 & 0xf0) | told->mode_mm[1] >> 8);
    name[3] = 0xfc;
    memset(name + 5, ' ', 13);
    name[5 + strlen(told->name)] = '\n';
    memcpy(name + 5, told->name, strlen(told->name));
    add_up(block);
}

static Edid edid_of(const Told *told)
{
    uint8_t block[EDID_BLOCK_BYTES];
    Edid edid;
    write_edid(told, block);
    assert_ok(edid_parse((Bytes){block, sizeof block}, &edid));
    return edid;
}

static const Told desk = {"DELL U2720Q", 3840, 2160, {597, 336}, {60, 34}};

static void reads_name_pixels_and_size(void **state)
{
    (void)state;
    Edid edid = edid_of(&desk);
    assert_string_equal(edid.name, "DELL U2720Q");
    assert_string_equal(edid.maker, "DEL");
    assert_int_equal(edid.product, 0x1234);
    assert_int_equal(edid.width_px, 3840);
    assert_int_equal(edid.height_px, 2160);
    double mm[2];
    assert_true(edid_size_mm(&edid, mm));
    assert_float_equal(mm[0], 597, 0);
    assert_float_equal(mm[1], 336, 0);
}

static void believes_only_what_can_be(void **state)
{
    (void)state;
    static const struct {
        Told told;
        bool is_believed;
    } cases[] = {
        {{"laptop", 2560, 1600, {286, 179}, {29, 18}}, true},
        {{"old", 1920, 1080, {0, 0}, {51, 29}}, true},
        {{"phone", 1080, 2400, {68, 151}, {7, 15}}, true},
        {{"television", 1920, 1080, {1439, 809}, {144, 81}}, true},
        {{"projector", 1920, 1080, {0, 0}, {0, 0}}, false},
        {{"half told", 1920, 1080, {0, 290}, {51, 0}}, false},
        {{"shape in cm", 1920, 1080, {160, 90}, {16, 9}}, false},
        {{"shape in mm", 1920, 1080, {1600, 900}, {160, 90}}, false},
        {{"shape 16:10", 1920, 1200, {0, 0}, {16, 10}}, false},
        {{"thrice as wide", 1920, 1080, {1530, 860}, {51, 29}}, false},
        {{"no square", 1920, 1080, {510, 510}, {51, 51}}, false},
        {{"too fine", 3840, 2160, {96, 54}, {10, 5}}, false},
        {{"too coarse", 640, 360, {1536, 864}, {154, 86}}, false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Edid edid = edid_of(&cases[i].told);
        double mm[2] = {-1, -1};
        if (edid_size_mm(&edid, mm) != cases[i].is_believed)
            fail_msg("%s", cases[i].told.name);
        assert_true(cases[i].is_believed || mm[0] == -1);
    }
}

static void finds_the_display_that_is_meant(void **state)
{
    (void)state;
    const Told wall = {"LG TV", 3840, 2160, {1210, 680}, {121, 68}};
    const Told small = {"", 1920, 1200, {300, 188}, {30, 19}};
    Edid edids[] = {edid_of(&desk), edid_of(&wall), edid_of(&small), edid_of(&desk)};
    assert_int_equal(edid_match(edids, 3, "DELL U2720Q 27\"", 1920, 1080), 0);
    assert_int_equal(edid_match(edids, 3, "Goldstar lg tv", 3840, 2160), 1);
    assert_int_equal(edid_match(edids, 3, "eDP-1", 1200, 1920), 2); // turned
    assert_int_equal(edid_match(edids, 3, "DP-1", 3840, 2160), -1); // which of the two?
    assert_int_equal(edid_match(edids, 3, "", 800, 600), -1);
    assert_int_equal(edid_match(edids, 4, "DELL U2720Q", 3840, 2160), 0); // two of a kind
    assert_int_equal(edid_match(edids, 1, "0", 800, 600), 0);             // there is no other
    assert_int_equal(edid_match(edids, 0, "0", 800, 600), -1);
}

// Whatever bytes come, the answer is a fault or a display whose size is known or not.
static void survives_every_truncation_and_bit(void **state)
{
    (void)state;
    uint8_t block[EDID_BLOCK_BYTES];
    Edid edid;
    double mm[2];
    write_edid(&desk, block);
    for (size_t len = 0; len <= sizeof block; len++) {
        uint8_t *exact = test_malloc(MAX(len, 1));
        memcpy(exact, block, len);
        assert_int_equal(edid_parse((Bytes){exact, len}, &edid) == OK, len == sizeof block);
        test_free(exact);
    }
    for (size_t bit = 0; bit < sizeof block * 8; bit++) {
        block[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_int_equal(edid_parse((Bytes){block, sizeof block}, &edid), ERR_CORRUPT);
        uint8_t right = block[EDID_BLOCK_BYTES - 1];
        add_up(block);
        if (!edid_parse((Bytes){block, sizeof block}, &edid)) {
            if (edid_size_mm(&edid, mm))
                assert_true(mm[0] > 0 && mm[0] < 7000 && mm[1] > 0 && mm[1] < 7000);
            assert_true(strlen(edid.name) < sizeof edid.name);
        }
        block[EDID_BLOCK_BYTES - 1] = right;
        block[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_name_pixels_and_size),
        cmocka_unit_test(believes_only_what_can_be),
        cmocka_unit_test(finds_the_display_that_is_meant),
        cmocka_unit_test(survives_every_truncation_and_bit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
