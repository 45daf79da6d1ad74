// rooms_labels.c: words in the rooms: painted when they are seen, and again in another
// language.

#include "museum/rooms.h"

#include "base/log.h"

#define LABEL_REACH_M 14.0  // labels further away stay blank
#define LABEL_FARTHER_M 1.0 // than another, to give it its memory

static double label_distance(const Rooms *house, uint32_t place, const double eye[3])
{
    const PlanPlace *at = &house->collection->plan.places[place];
    double label[3] = {at->label_position[0], at->floor_m + at->label_position[1],
                       at->label_position[2]};
    return distance3(label, eye);
}

const Exhibit *rooms_exhibit_at(const Rooms *house, uint32_t place)
{
    int32_t index = house->collection->exhibit_of_place[place];
    return index < 0 ? NULL : &house->collection->exhibits[index];
}

// Of those seen without the right one; PLAN_NONE: there is none.
static int32_t find_missing_label(const Rooms *house, const double eye[3])
{
    const Plan *plan = &house->collection->plan;
    int32_t best = PLAN_NONE;
    double nearest = LABEL_REACH_M;
    for (uint32_t i = 0; i < plan->place_count; i++) {
        const Exhibit *exhibit = rooms_exhibit_at(house, i);
        bool is_due = exhibit && plan->places[i].label_size_m[0] > 0 &&
                      rooms_sees(house, plan->places[i].room);
        const RoomsPlace *place = &house->places[i];
        bool is_right = place->label.id && place->spoken == house->spoken &&
                        place->is_of_restoration == (exhibit && exhibit->restoration);
        double distance = label_distance(house, i, eye);
        if (is_due && !is_right && !place->is_label_broken && distance < nearest) {
            nearest = distance;
            best = (int32_t)i;
        }
    }
    return best;
}

static void drop_label(Rooms *house, uint32_t place)
{
    if (house->places[place].label.id)
        house->label_bytes_held -=
            label_bytes(&house->collection->plan.places[place], house->label_density);
    gpu_drop_texture(house->gpu, house->places[place].label);
    house->places[place].label = (GpuTexture){0};
}

// Drops the label farthest away, if it is well farther than this one: in rooms that are not
// seen first. False if all are nearer.
static bool drop_farther_label(Rooms *house, uint32_t than, const double eye[3])
{
    double farthest = label_distance(house, than, eye) + LABEL_FARTHER_M;
    int32_t worst = PLAN_NONE;
    for (uint32_t i = 0; i < house->collection->plan.place_count; i++) {
        double unseen_m = rooms_sees(house, house->collection->plan.places[i].room) ? 0 : 1e6;
        double distance = label_distance(house, i, eye) + unseen_m;
        if (house->places[i].label.id && i != than && distance > farthest) {
            farthest = distance;
            worst = (int32_t)i;
        }
    }
    if (worst != PLAN_NONE)
        drop_label(house, (uint32_t)worst);
    return worst != PLAN_NONE;
}

// A larger window wants finer letters.
static void fit_labels(Rooms *house, const View *view)
{
    float density = label_density(view->viewport.height);
    if (density == house->label_density)
        return;
    for (uint32_t i = 0; i < house->collection->plan.place_count; i++)
        drop_label(house, i);
    house->label_density = density;
}

// False when none is missing.
static bool paint_nearest_label(Rooms *house, const View *view)
{
    int32_t index = find_missing_label(house, view->eye);
    if (index == PLAN_NONE)
        return false;
    RoomsPlace *place = &house->places[index];
    const PlanPlace *at = &house->collection->plan.places[index];
    const Exhibit *exhibit = rooms_exhibit_at(house, (uint32_t)index);
    uint64_t bytes = label_bytes(at, house->label_density);
    drop_label(house, (uint32_t)index);
    while (house->label_bytes_held > 0 && house->label_bytes_held + bytes > house->label_bytes)
        if (!drop_farther_label(house, (uint32_t)index, view->eye))
            return false;
    // A piece that is taken down later gets its other label.
    place->is_of_restoration = exhibit->restoration != NULL;
    place->spoken = house->spoken;
    if (label_paint(house->text, exhibit, at, house->language, house->label_density,
                    &place->label)) {
        log_fault(LOG_WARN, exhibit->id);
        place->is_label_broken = true;
        return true;
    }
    house->label_bytes_held += bytes;
    return true;
}

static void note_seen(Rooms *house)
{
    for (uint32_t i = 0; i < house->collection->plan.room_count; i++)
        house->is_seen[i] = rooms_sees(house, i);
}

static bool paint_next_words(Rooms *house)
{
    note_seen(house);
    return words_paint_next(&house->words, &(WordsDesc){.gpu = house->gpu,
                                                        .text = house->text,
                                                        .plan = &house->collection->plan,
                                                        .language = house->language,
                                                        .is_seen = house->is_seen});
}

// The board on the wall, in another language than it is. False where it is right.
static bool paint_title(Rooms *house)
{
    if (house->title_spoken == house->spoken || !rooms_sees(house, house->title.room))
        return false;
    LabelTitle title;
    house->title_spoken = house->spoken;
    if (label_paint_title(house->text, house->collection, house->language, &title)) {
        log_fault(LOG_WARN, "the title on the wall");
        return true;
    }
    gpu_drop_texture(house->gpu, house->title.texture);
    house->title = title;
    return true;
}

bool rooms_paint_labels(Rooms *house, const View *view, double limit_ms, double *took_ms)
{
    double begun_ms = gpu_thread_ms();
    bool is_missing = true, is_over = false;
    fit_labels(house, view);
    words_fit(&house->words, house->gpu, view->viewport.height);
    while (is_missing && !is_over) {
        is_missing =
            paint_title(house) || paint_nearest_label(house, view) || paint_next_words(house);
        *took_ms = gpu_thread_ms() - begun_ms;
        is_over = limit_ms > 0 && *took_ms > limit_ms;
    }
    return !is_missing;
}

void rooms_speak(Rooms *house, const char *language)
{
    house->language = language;
    house->spoken++;
    for (uint32_t i = 0; i < house->collection->plan.place_count; i++) {
        house->places[i].is_label_broken = false;
        if (!rooms_sees(house, house->collection->plan.places[i].room))
            drop_label(house, i);
    }
    note_seen(house);
    words_forget(&house->words, house->gpu, house->is_seen);
}
