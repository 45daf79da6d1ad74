// life_size.c: true size: 20 mm on the piece are 20 mm on the glass of the display.

#include "museum/life_size.h"

#include "museum/hud_words.h"
#include "museum/museum_parts.h"

#include "base/log.h"

#include <math.h>
#include <string.h>

#define SQUARE 1.02 // how far simulated pixels may be from it

static const char *const drm_folder = "/sys/class/drm"; // Linux; fine where it is not there

void life_size_begin(Museum *m)
{
    LifeSize *life = &m->life;
    const char *folder;
    if (device_preference_folder("vitrine", m->arena, &folder)) {
        log_fault(LOG_WARN, "what is measured will not be kept");
        return;
    }
    life->book_path = path_join(m->arena, folder, "displays.json");
    if (!display_read_book(life->book_path, &life->book))
        return;
    log_fault(LOG_WARN, "how large displays are is a guess again");
    museum_say(m, hud_word(WORD_BOOK_BROKEN));
}

void life_size_end(Museum *m)
{
    for (int i = 0; i < THING_COUNT && m->gpu; i++) {
        gpu_drop_texture(m->gpu, m->life.things[i]);
        gpu_drop_texture(m->gpu, m->life.laid[i]);
    }
}

// ---- which display

static bool is_same_display(const DeviceDisplay *a, const DeviceDisplay *b)
{
    return a->x == b->x && a->y == b->y && a->width == b->width && a->height == b->height &&
           a->pixels_per_unit == b->pixels_per_unit;
}

// Windows are moved from one display to another.
static void find_display(Museum *m, const Input *input)
{
    LifeSize *life = &m->life;
    DeviceDisplay seen = device_display();
    if (window_is_headless(m->window)) // then the picture is all there is
        seen = (DeviceDisplay){
            .name = "", .width = input->width, .height = input->height, .pixels_per_unit = 1};
    if (is_same_display(&seen, &life->seen) && life->picture_width == input->width)
        return;
    life->seen = seen;
    life->picture_width = input->width;
    DisplayFacts facts = {seen.name, seen.width, seen.height, seen.pixels_per_unit};
    life->display = life->simulated_mm > 0
                        ? display_simulate(life->simulated_mm, input->width)
                        : display_find(&facts, window_is_headless(m->window) ? "" : drm_folder,
                                       &life->book);
}

NODISCARD Status life_size_simulate(Museum *m, double width_mm, double height_mm)
{
    int width, height;
    window_size(m->window, &width, &height);
    double across = width_mm / width, down = height_mm / height;
    if (across > down * SQUARE || down > across * SQUARE)
        return FAIL(ERR_INVALID,
                    "pixels would not be square: %g x %g mm for a picture of %d x %d", width_mm,
                    height_mm, width, height);
    m->life.simulated_mm = width_mm;
    m->life.display = display_simulate(width_mm, width);
    return OK;
}

double life_size_times(const LifeSize *life, double um_per_pixel)
{
    return um_per_pixel > 0 ? life->display.pixel_mm * 1000 / um_per_pixel : 0;
}

// ---- with a card

void life_size_calibrate(Museum *m, const Input *input)
{
    calibration_begin(&m->life.calibration, m->life.display.pixel_mm, input);
}

void life_size_answer(Museum *m, CalibrationAnswer answer)
{
    LifeSize *life = &m->life;
    if (answer == CALIBRATION_GOES_ON)
        return;
    life->calibration.is_open = false;
    bool shows = life->shows_after && answer == CALIBRATION_FITS;
    life->shows_after = false;
    if (answer == CALIBRATION_FITS) {
        display_calibrate(&life->display, &life->book, life->calibration.card_px);
        if (life->book_path && life->simulated_mm <= 0 &&
            display_write_book(life->book_path, &life->book))
            museum_say(m, fault_last()->text);
        else
            museum_say(m, hud_word(WORD_CARD_KEPT));
    }
    if (shows && life_size_show(m, true))
        museum_say(m, fault_last()->text);
}

bool life_size_step(Museum *m, const Input *input, double step_s)
{
    LifeSize *life = &m->life;
    find_display(m, input);
    bool is_open = life->calibration.is_open;
    if (is_open) {
        CalibrationAnswer answer =
            calibration_step(&life->calibration, input, ui_wants_pointer(m->ui), step_s);
        if (answer == CALIBRATION_FITS && ui_wants_keys(m->ui))
            answer = CALIBRATION_GOES_ON; // Enter was for the button in focus
        life_size_answer(m, answer);
    }
    if (m->visitor.is_true_size)
        visitor_set_true_size(&m->visitor, input->height * life->display.pixel_mm / 1000);
    return is_open;
}

// ---- one to one

NODISCARD Status life_size_show(Museum *m, bool is_on)
{
    int width, height;
    window_size(m->window, &width, &height);
    if (m->visitor.state != VISITOR_CLOSE)
        return FAIL(ERR_INVALID, "lean in first");
    TRY(compare_refuse(m));
    if (is_on && !(m->life.display.pixel_mm > 0))
        return FAIL(ERR_INVALID, "how large this display is is not known; a script says so "
                                 "with: display WIDTH_MM HEIGHT_MM");
    VisitorWorld world = museum_world(m, (float)width / (float)MAX(height, 1));
    if (is_on)
        visitor_set_true_size(&m->visitor, height * m->life.display.pixel_mm / 1000);
    else
        visitor_end_true_size(&m->visitor, &world);
    return OK;
}

NODISCARD Status life_size_toggle(Museum *m, const Input *input)
{
    bool is_asked = !m->visitor.is_true_size && m->visitor.state == VISITOR_CLOSE;
    if (!is_asked || m->life.display.pixel_mm > 0)
        return life_size_show(m, !m->visitor.is_true_size);
    m->life.shows_after = true;
    life_size_calibrate(m, input);
    return OK;
}

// ---- things beside it

static void forget_things(Museum *m)
{
    for (int i = 0; i < THING_COUNT && m->gpu; i++)
        gpu_drop_texture(m->gpu, m->life.things[i]);
    memset(m->life.things, 0, sizeof m->life.things);
    m->life.painted_mm = m->life.display.pixel_mm;
}

GpuTexture life_size_thing(Museum *m, Thing thing)
{
    LifeSize *life = &m->life;
    if (life->painted_mm != life->display.pixel_mm)
        forget_things(m);
    if (life->things[thing].id || !(life->display.pixel_mm > 0))
        return life->things[thing];
    Scratch scratch = scratch_begin(NULL);
    Image image = thing_paint(thing, 1 / life->display.pixel_mm, scratch.arena);
    life->things[thing] =
        gpu_make_texture(m->gpu, &(GpuTextureDesc){.width = (int)image.width,
                                                   .height = (int)image.height,
                                                   .format = GPU_RGBA8,
                                                   .pixels = image.rgba,
                                                   .label = thing_name(thing)});
    scratch_end(scratch);
    return life->things[thing];
}

// ---- things beside it, in its case

// As fine as the largest of such pictures is.
static GpuTexture laid_thing(Museum *m, Thing thing)
{
    GpuTexture *laid = &m->life.laid[thing];
    double size_mm[2];
    if (laid->id)
        return *laid;
    Scratch scratch = scratch_begin(NULL);
    thing_size_mm(thing, size_mm);
    Image image = thing_paint(thing, THING_MOST_PX / size_mm[0], scratch.arena);
    *laid = gpu_make_texture(m->gpu, &(GpuTextureDesc){.width = (int)image.width,
                                                       .height = (int)image.height,
                                                       .format = GPU_RGBA8,
                                                       .level_count = -1,
                                                       .pixels = image.rgba,
                                                       .label = thing_name(thing)});
    scratch_end(scratch);
    return *laid;
}

static RenderCard lay_card(Museum *m, const ThingPlace *place, Thing thing, uint32_t room)
{
    RenderCard card = {
        .texture = laid_thing(m, thing), .is_cut_out = true, .room = room, .glow = 0};
    for (int i = 0; i < 3; i++) {
        card.center[i] = (float)place->center[i];
        card.half_u[i] = (float)place->half_u[i];
        card.half_v[i] = (float)place->half_v[i];
    }
    return card;
}

void life_size_lay(Museum *m, Arena *frame, RenderList *list)
{
    bool is_shown = m->close >= 0 && !m->visitor.is_true_size &&
                    visitor_is_close(&m->visitor) && !museum_is_inside(m) && !m->compare.is_on;
    if (!is_shown || !(m->life.is_beside[THING_COIN] || m->life.is_beside[THING_STAMP]))
        return;
    const Exhibit *exhibit = &m->collection.exhibits[m->close];
    const PlanPlace *stand = &m->collection.plan.places[exhibit->place];
    RenderCard *cards = ARENA_ARRAY(frame, RenderCard, (size_t)list->card_count + 2);
    RenderContact *contacts =
        ARENA_ARRAY(frame, RenderContact, (size_t)list->contact_count + 2);
    if (list->card_count)
        memcpy(cards, list->cards, list->card_count * sizeof *cards);
    if (list->contact_count)
        memcpy(contacts, list->contacts, list->contact_count * sizeof *contacts);
    for (int thing = THING_COIN; thing <= THING_STAMP; thing++) {
        ThingPlace place;
        if (!m->life.is_beside[thing])
            continue;
        thing_lay((Thing)thing, stand, exhibit->low_m, exhibit->high_m, &place);
        cards[list->card_count++] =
            lay_card(m, &place, (Thing)thing, rooms_room_index(&m->house, exhibit->room));
        contacts[list->contact_count++] = (RenderContact){
            .center = {(float)place.center[0], (float)place.floor_m, (float)place.center[2]},
            .half_size = {(float)(length3(place.half_u) * 1.12),
                          (float)(length3(place.half_v) * 1.12)},
            .yaw_rad = stand->yaw,
            .strength = 0.6f,
        };
    }
    list->cards = cards;
    list->contacts = contacts;
}

void life_size_lay_beside(LifeSize *life, const char *name)
{
    Thing thing;
    if (thing_find(name, &thing))
        life->is_beside[thing] = true;
    else
        memset(life->is_beside, 0, sizeof life->is_beside);
}
