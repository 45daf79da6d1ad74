// test_mesh_twins.c: vertices that stand in a page several times are told once.

#include "test.h"

#include "data/mesh_twins.h"

#include <stdlib.h>

enum { COUNT = 5000 };

static MeshVertex vertices[COUNT], told[COUNT], again[COUNT];
static uint16_t twins[COUNT];

// Of `kinds` vertices, in no order.
static void fill(uint32_t kinds, unsigned seed)
{
    srand(seed);
    for (uint32_t v = 0; v < COUNT; v++) {
        uint32_t kind = (uint32_t)rand() % kinds;
        vertices[v] = (MeshVertex){{(uint16_t)(kind * 7), (uint16_t)(kind >> 3), 65535},
                                   {(uint8_t)kind, 127}};
    }
}

static void come_back_as_they_were(void **state)
{
    (void)state;
    static const uint32_t kinds[] = {1, 2, 700, 3000, 100000};
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        fill(kinds[i], (unsigned)i + 1);
        uint32_t count = mesh_find_twins(vertices, COUNT, twins, told);
        assert_true(count <= kinds[i] && count >= 1);
        assert_int_equal(mesh_count_told(twins, COUNT), count);
        mesh_spread_twins(twins, COUNT, told, again);
        assert_memory_equal(vertices, again, sizeof vertices);
        // Nothing is told twice.
        uint32_t second = mesh_find_twins(told, count, twins, again);
        assert_int_equal(second, count);
    }
}

static void twins_of_none_are_refused(void **state)
{
    (void)state;
    const uint16_t first[] = {1, 0}, far[] = {0, 0, 3}, good[] = {0, 0, 2, 1, 0};
    assert_int_equal(mesh_count_told(first, 2), 0);
    assert_int_equal(mesh_count_told(far, 3), 0);
    assert_int_equal(mesh_count_told(good, 5), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(come_back_as_they_were),
        cmocka_unit_test(twins_of_none_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
