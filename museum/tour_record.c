// tour_record.c: writes a visit down as a tour: where one stayed, what one looked at there.

#include "museum/tour_record.h"

#include "exhibits/model/record.h"

#include <math.h>
#include <string.h>

#define SAME_M 0.3f     // who shifts from foot to foot stays
#define SAME_RAD 0.1f   // or turns the head a little
#define SAME_DEG 2.0f   // of views and light
#define SAME_PART 0.04f // of distances, of strengths

TourRecord tour_record_make(Arena *arena)
{
    TourRecord record = {.arena = arena};
    record.tour =
        (Tour){.id = "recorded", .title = langtext_make(arena, "en", "A recorded tour")};
    return record;
}

static bool is_near(float a, float b, float apart)
{
    return fabsf(a - b) <= apart;
}

static bool is_same_view(const StoryView *a, const StoryView *b)
{
    if (a->is_given != b->is_given)
        return false;
    float far = MAX(a->distance_m, b->distance_m) * SAME_PART;
    bool is_same = is_near(a->azimuth_deg, b->azimuth_deg, SAME_DEG) &&
                   is_near(a->elevation_deg, b->elevation_deg, SAME_DEG) &&
                   is_near(a->distance_m, b->distance_m, far);
    for (int i = 0; i < 3; i++)
        is_same &= is_near(a->target_m[i], b->target_m[i], far);
    return is_same;
}

static bool is_same_lens(const TourStep *a, const TourStep *b)
{
    float strong = MAX(a->magnification, b->magnification) * SAME_PART;
    float far = MAX(a->view.distance_m, b->view.distance_m) * SAME_PART;
    bool is_same = a->lens == b->lens && a->has_lens_point == b->has_lens_point &&
                   is_near(a->magnification, b->magnification, strong) &&
                   is_near(a->light.azimuth_deg, b->light.azimuth_deg, SAME_DEG) &&
                   is_near(a->light.elevation_deg, b->light.elevation_deg, SAME_DEG);
    for (int i = 0; i < 3 && a->has_lens_point; i++)
        is_same &= is_near(a->lens_point_m[i], b->lens_point_m[i], far);
    return is_same;
}

static bool is_same_step(const TourStep *a, const TourStep *b)
{
    if (strcmp(a->room, b->room) || strcmp(a->piece, b->piece) ||
        strcmp(a->hotspot, b->hotspot))
        return false;
    if (a->room[0])
        return is_near(a->stand.position[0], b->stand.position[0], SAME_M) &&
               is_near(a->stand.position[1], b->stand.position[1], SAME_M) &&
               is_near(remainderf(a->stand.yaw - b->stand.yaw, 6.2831853f), 0, SAME_RAD);
    return a->hotspot[0] || (is_same_view(&a->view, &b->view) && is_same_lens(a, b));
}

// A step of a room that is left for a piece in it was on the way there, unless it was long.
static void keep(TourRecord *record)
{
    Tour *tour = &record->tour;
    size_t count = tour->step_count;
    if (count == TOUR_MAX_STEPS)
        return;
    const char *place = record->now.piece[0] ? record->now.piece : record->now.room;
    TourStep *step = ARENA_PUSH(record->arena, tour->steps, count, record->capacity);
    *step = record->now;
    step->caption = langtext_make(
        record->arena, "en",
        str_format(record->arena, RECORD_FILL_IN ": what do you tell at '%s'?", place));
    tour->step_count = (uint32_t)count;
}

void tour_record_see(TourRecord *record, const TourStep *seen, double passed_s)
{
    if (!seen)
        return;
    if (!record->now.room || !is_same_step(&record->now, seen)) {
        record->now = *seen;
        record->stayed_s = 0;
        record->is_kept = false;
    }
    record->stayed_s += passed_s;
    double least = seen->room[0] ? TOUR_RECORD_ROOM_S : TOUR_RECORD_PIECE_S;
    if (!record->is_kept && record->stayed_s >= least) {
        keep(record);
        record->is_kept = true;
    }
    if (record->is_kept && record->tour.step_count)
        record->tour.steps[record->tour.step_count - 1].dwell_s =
            (float)(round(record->stayed_s * 10) / 10);
}

Bytes tour_record_write(TourRecord *record)
{
    return tour_write(&record->tour, record->arena);
}
