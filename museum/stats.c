// stats.c: what the program can say about itself in numbers: frame times, triangles, memory,
// what the lens shows.

#include "museum/stats.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

typedef enum FieldKind { FIELD_NUMBER, FIELD_FLAG, FIELD_TEXT } FieldKind;

typedef struct Field {
    const char *path; // at most one dot; fields of one group stand together
    FieldKind kind;
    size_t offset;
} Field;

static const Field fields[] = {
    {"first_frame_ms", FIELD_NUMBER, offsetof(Stats, first_frame_ms)},
    {"frame_ms.median", FIELD_NUMBER, offsetof(Stats, frames.median_ms)},
    {"frame_ms.p95", FIELD_NUMBER, offsetof(Stats, frames.p95_ms)},
    {"frame_ms.p99", FIELD_NUMBER, offsetof(Stats, frames.p99_ms)},
    {"frame_ms.max", FIELD_NUMBER, offsetof(Stats, frames.max_ms)},
    {"frame_ms.count", FIELD_NUMBER, offsetof(Stats, frames.count)},
    {"cpu_ms.median", FIELD_NUMBER, offsetof(Stats, cpu.median_ms)},
    {"cpu_ms.p99", FIELD_NUMBER, offsetof(Stats, cpu.p99_ms)},
    {"cpu_ms.max", FIELD_NUMBER, offsetof(Stats, cpu.max_ms)},
    {"triangles_drawn", FIELD_NUMBER, offsetof(Stats, triangles_drawn)},
    {"draw_calls", FIELD_NUMBER, offsetof(Stats, draw_calls)},
    {"most.triangles", FIELD_NUMBER, offsetof(Stats, most_triangles)},
    {"most.draw_calls", FIELD_NUMBER, offsetof(Stats, most_draw_calls)},
    {"most.meshes", FIELD_NUMBER, offsetof(Stats, most_meshes)},
    {"most.light_steps", FIELD_NUMBER, offsetof(Stats, most_light_steps)},
    {"most.allocations", FIELD_NUMBER, offsetof(Stats, most_allocations)},
    {"resident_bytes.geometry", FIELD_NUMBER, offsetof(Stats, resident_geometry_bytes)},
    {"resident_bytes.texture", FIELD_NUMBER, offsetof(Stats, resident_texture_bytes)},
    {"age_ms", FIELD_NUMBER, offsetof(Stats, age_ms)},
    {"rss_bytes", FIELD_NUMBER, offsetof(Stats, rss_bytes)},
    {"memory.budget", FIELD_NUMBER, offsetof(Stats, memory_budget_bytes)},
    {"memory.used", FIELD_NUMBER, offsetof(Stats, memory_used_bytes)},
    {"memory.peak", FIELD_NUMBER, offsetof(Stats, memory_peak_bytes)},
    {"rss_peak_bytes", FIELD_NUMBER, offsetof(Stats, rss_peak_bytes)},
    {"loaded.pages", FIELD_NUMBER, offsetof(Stats, loaded_pages)},
    {"loaded.tiles", FIELD_NUMBER, offsetof(Stats, loaded_tiles)},
    {"loaded.bytes", FIELD_NUMBER, offsetof(Stats, loaded_bytes)},
    {"loaded.tile_bytes", FIELD_NUMBER, offsetof(Stats, loaded_tile_bytes)},
    {"loaded.table_bytes", FIELD_NUMBER, offsetof(Stats, loaded_table_bytes)},
    {"pixel_error", FIELD_NUMBER, offsetof(Stats, pixel_error)},
    {"lens_pixel_error", FIELD_NUMBER, offsetof(Stats, lens_pixel_error)},
    {"magnifier.zoom", FIELD_NUMBER, offsetof(Stats, magnifier_zoom)},
    {"magnifier.um_per_texel", FIELD_NUMBER, offsetof(Stats, um_per_texel)},
    {"magnifier.um_per_pixel", FIELD_NUMBER, offsetof(Stats, um_per_pixel)},
    {"magnifier.lens_times_life", FIELD_NUMBER, offsetof(Stats, magnifier_life_times)},
    {"magnifier.mode", FIELD_TEXT, offsetof(Stats, magnifier_mode)},
    {"magnifier.band_um", FIELD_NUMBER, offsetof(Stats, band_um)},
    {"magnifier.light_azimuth", FIELD_NUMBER, offsetof(Stats, light_azimuth_deg)},
    {"magnifier.light_elevation", FIELD_NUMBER, offsetof(Stats, light_elevation_deg)},
    {"magnifier.strength", FIELD_NUMBER, offsetof(Stats, relief_strength)},
    {"magnifier.sample", FIELD_TEXT, offsetof(Stats, magnifier_sample)},
    {"magnifier.most_zoom", FIELD_NUMBER, offsetof(Stats, magnifier_most_zoom)},
    {"magnifier.radius", FIELD_NUMBER, offsetof(Stats, magnifier_radius)},
    {"magnifier.at_x", FIELD_NUMBER, offsetof(Stats, magnifier_x)},
    {"magnifier.at_y", FIELD_NUMBER, offsetof(Stats, magnifier_y)},
    {"magnifier.pinned", FIELD_FLAG, offsetof(Stats, magnifier_pinned)},
    {"magnifier.native", FIELD_FLAG, offsetof(Stats, magnifier_native)},
    {"magnifier.enlarged", FIELD_FLAG, offsetof(Stats, magnifier_enlarged)},
    {"magnifier.limited", FIELD_FLAG, offsetof(Stats, magnifier_limited)},
    {"measure.kind", FIELD_TEXT, offsetof(Stats, measure_kind)},
    {"measure.says", FIELD_TEXT, offsetof(Stats, measure_text)},
    {"measure.mm", FIELD_NUMBER, offsetof(Stats, measure_mm)},
    {"measure.degrees", FIELD_NUMBER, offsetof(Stats, measure_degrees)},
    {"measure.tolerance", FIELD_NUMBER, offsetof(Stats, measure_tolerance)},
    {"measure.digits", FIELD_NUMBER, offsetof(Stats, measure_digits)},
    {"measure.points", FIELD_NUMBER, offsetof(Stats, measure_points)},
    {"measure.figures", FIELD_NUMBER, offsetof(Stats, measure_figures)},
    {"measure.finest", FIELD_FLAG, offsetof(Stats, measure_is_finest)},
    {"compare.with", FIELD_TEXT, offsetof(Stats, compare_with)},
    {"compare.active", FIELD_TEXT, offsetof(Stats, compare_active)},
    {"compare.linked", FIELD_FLAG, offsetof(Stats, compare_is_linked)},
    {"compare.left_um", FIELD_NUMBER, offsetof(Stats, compare_left_um)},
    {"compare.right_um", FIELD_NUMBER, offsetof(Stats, compare_right_um)},
    {"compare.left_yaw", FIELD_NUMBER, offsetof(Stats, compare_left_yaw)},
    {"compare.right_yaw", FIELD_NUMBER, offsetof(Stats, compare_right_yaw)},
    {"compare.left_pitch", FIELD_NUMBER, offsetof(Stats, compare_left_pitch)},
    {"compare.right_pitch", FIELD_NUMBER, offsetof(Stats, compare_right_pitch)},
    {"display.pixel_mm", FIELD_NUMBER, offsetof(Stats, display_pixel_mm)},
    {"display.size_by", FIELD_TEXT, offsetof(Stats, display_source)},
    {"display.calibrating", FIELD_FLAG, offsetof(Stats, is_calibrating)},
    {"exhibit", FIELD_TEXT, offsetof(Stats, exhibit)},
    {"detail", FIELD_TEXT, offsetof(Stats, detail)},
    {"details", FIELD_NUMBER, offsetof(Stats, details)},
    {"marks", FIELD_NUMBER, offsetof(Stats, marks)},
    {"mark_clusters", FIELD_NUMBER, offsetof(Stats, mark_clusters)},
    {"marks_hidden", FIELD_NUMBER, offsetof(Stats, marks_hidden)},
    {"exhibit_state", FIELD_TEXT, offsetof(Stats, exhibit_state)},
    {"exhibits", FIELD_NUMBER, offsetof(Stats, exhibits)},
    {"exhibits_seen", FIELD_NUMBER, offsetof(Stats, exhibits_seen)},
    {"ahead_pages", FIELD_NUMBER, offsetof(Stats, ahead_pages)},
    {"under_restoration", FIELD_NUMBER, offsetof(Stats, exhibits_under_restoration)},
    {"visitor.state", FIELD_TEXT, offsetof(Stats, visitor)},
    {"visitor.x", FIELD_NUMBER, offsetof(Stats, x_m)},
    {"visitor.z", FIELD_NUMBER, offsetof(Stats, z_m)},
    {"visitor.yaw", FIELD_NUMBER, offsetof(Stats, yaw_degrees)},
    {"visitor.pitch", FIELD_NUMBER, offsetof(Stats, pitch_degrees)},
    {"visitor.eye_height", FIELD_NUMBER, offsetof(Stats, eye_height_m)},
    {"visitor.fov", FIELD_NUMBER, offsetof(Stats, fov_degrees)},
    {"visitor.surface_mm", FIELD_NUMBER, offsetof(Stats, surface_distance_mm)},
    {"inside.scale", FIELD_NUMBER, offsetof(Stats, inside_scale)},
    {"inside.eye_mm", FIELD_NUMBER, offsetof(Stats, inside_eye_mm)},
    {"inside.x_mm", FIELD_NUMBER, offsetof(Stats, inside_mm[0])},
    {"inside.y_mm", FIELD_NUMBER, offsetof(Stats, inside_mm[1])},
    {"inside.z_mm", FIELD_NUMBER, offsetof(Stats, inside_mm[2])},
    {"quality.level", FIELD_TEXT, offsetof(Stats, quality)},
    {"quality.why", FIELD_TEXT, offsetof(Stats, quality_reason)},
    {"quality.auto", FIELD_FLAG, offsetof(Stats, is_quality_auto)},
    {"quality.scale", FIELD_NUMBER, offsetof(Stats, scale)},
    {"drawn_frames", FIELD_NUMBER, offsetof(Stats, drawn_frames)},
    {"settled", FIELD_FLAG, offsetof(Stats, is_settled)},
    {"label", FIELD_TEXT, offsetof(Stats, label)},
    {"story", FIELD_TEXT, offsetof(Stats, story)},
    {"details_found", FIELD_NUMBER, offsetof(Stats, details_found)},
    {"details_found_in_all", FIELD_NUMBER, offsetof(Stats, details_found_in_all)},
    {"sound.device", FIELD_TEXT, offsetof(Stats, sound_device)},
    {"sound.devices", FIELD_NUMBER, offsetof(Stats, sound_devices)},
    {"sound.buffers", FIELD_NUMBER, offsetof(Stats, sound_buffers)},
    {"sound.volume", FIELD_NUMBER, offsetof(Stats, sound_volume)},
    {"sound.room", FIELD_TEXT, offsetof(Stats, sound_room)},
    {"sound.narration", FIELD_TEXT, offsetof(Stats, sound_narration)},
    {"sound.at_s", FIELD_NUMBER, offsetof(Stats, sound_at_s)},
    {"sound.seconds", FIELD_NUMBER, offsetof(Stats, sound_seconds)},
    {"sound.heard", FIELD_FLAG, offsetof(Stats, sound_is_heard)},
    {"sound.cue", FIELD_TEXT, offsetof(Stats, sound_cue)},
    {"sound.cues", FIELD_NUMBER, offsetof(Stats, sound_cues)},
    {"sound.broken", FIELD_NUMBER, offsetof(Stats, sound_broken)},
    {"tours", FIELD_NUMBER, offsetof(Stats, tours)},
    {"tour.id", FIELD_TEXT, offsetof(Stats, tour)},
    {"tour.state", FIELD_TEXT, offsetof(Stats, tour_state)},
    {"tour.step", FIELD_NUMBER, offsetof(Stats, tour_step)},
    {"tour.steps", FIELD_NUMBER, offsetof(Stats, tour_steps)},
    {"tour.told_s", FIELD_NUMBER, offsetof(Stats, tour_told_s)},
    {"map.state", FIELD_TEXT, offsetof(Stats, map)},
    {"map.focus", FIELD_TEXT, offsetof(Stats, map_focus)},
    {"map.tour", FIELD_TEXT, offsetof(Stats, map_tour)},
    {"map.visited", FIELD_NUMBER, offsetof(Stats, rooms_visited)},
    {"hud.focus", FIELD_TEXT, offsetof(Stats, hud_focus)},
    {"hud.least_px", FIELD_NUMBER, offsetof(Stats, hud_least_px)},
    {"kiosk.phase", FIELD_TEXT, offsetof(Stats, kiosk)},
    {"kiosk.visits", FIELD_NUMBER, offsetof(Stats, kiosk_visits)},
    {"screen.name", FIELD_TEXT, offsetof(Stats, screen)},
    {"screen.focus", FIELD_TEXT, offsetof(Stats, screen_focus)},
    {"screen.layouts", FIELD_NUMBER, offsetof(Stats, layouts)},
    {"cabinet.pieces", FIELD_NUMBER, offsetof(Stats, cabinet_pieces)},
    {"cabinet.details", FIELD_NUMBER, offsetof(Stats, cabinet_details)},
    {"cabinet.is_kept", FIELD_FLAG, offsetof(Stats, cabinet_is_kept)},
    {"cabinet.has_piece", FIELD_FLAG, offsetof(Stats, is_collected)},
    {"language", FIELD_TEXT, offsetof(Stats, language)},
    {"room", FIELD_TEXT, offsetof(Stats, room)},
    {"rooms", FIELD_NUMBER, offsetof(Stats, rooms)},
    {"picture.projection", FIELD_TEXT, offsetof(Stats, projection)},
    {"picture.pixel_um", FIELD_NUMBER, offsetof(Stats, picture_um_per_pixel)},
    {"picture.times_life", FIELD_NUMBER, offsetof(Stats, life_times)},
    {"picture.mood", FIELD_FLAG, offsetof(Stats, has_mood)},
    {"picture.focus_mm", FIELD_NUMBER, offsetof(Stats, focus_mm)},
    {"picture.aperture_mm", FIELD_NUMBER, offsetof(Stats, aperture_mm)},
    {"picture.true_size", FIELD_FLAG, offsetof(Stats, is_true_size)},
    {"picture.width", FIELD_NUMBER, offsetof(Stats, width)},
    {"picture.height", FIELD_NUMBER, offsetof(Stats, height)},
    {"driver", FIELD_TEXT, offsetof(Stats, driver)},
    {"renderer", FIELD_TEXT, offsetof(Stats, renderer)},
};

void stats_add_frame(StatsFrames *frames, float time_ms, Arena *arena)
{
    if (frames->count == STATS_MAX_FRAMES) {
        frames->count /= 2;
        memmove(frames->times_ms, frames->times_ms + frames->count,
                frames->count * sizeof *frames->times_ms);
    }
    *ARENA_PUSH(arena, frames->times_ms, frames->count, frames->capacity) = time_ms;
}

void stats_forget_frames(StatsFrames *frames)
{
    frames->count = 0;
}

static int compare_floats(const void *a, const void *b)
{
    float left = *(const float *)a, right = *(const float *)b;
    return (left > right) - (left < right);
}

static double percentile(const float *sorted, uint32_t count, double percent)
{
    double at = ceil(count * percent / 100);
    return sorted[(uint32_t)MAX(at, 1) - 1];
}

StatsFrameTimes stats_frame_times(const StatsFrames *frames)
{
    if (!frames->count)
        return (StatsFrameTimes){0};
    Scratch scratch = scratch_begin(NULL);
    float *sorted = ARENA_ARRAY_RAW(scratch.arena, float, frames->count);
    memcpy(sorted, frames->times_ms, frames->count * sizeof *sorted);
    qsort(sorted, frames->count, sizeof *sorted, compare_floats);
    StatsFrameTimes times = {
        .median_ms = percentile(sorted, frames->count, 50),
        .p95_ms = percentile(sorted, frames->count, 95),
        .p99_ms = percentile(sorted, frames->count, 99),
        .max_ms = sorted[frames->count - 1],
        .count = frames->count,
    };
    scratch_end(scratch);
    return times;
}

// Whole numbers without a point, others with six digits; never "nan", which is not JSON.
static const char *number_text(double number, Arena *arena)
{
    if (!isfinite(number))
        return "0";
    if (number == floor(number) && fabs(number) < 9e15)
        return str_format(arena, "%.0f", number);
    return str_format(arena, "%.6g", number);
}

static StatsValue read_field(const Stats *stats, const Field *field, Arena *arena)
{
    const char *at = (const char *)stats + field->offset;
    StatsValue value = {.is_number = true};
    switch (field->kind) {
    case FIELD_NUMBER:
        value.number = *(const double *)(const void *)at;
        value.text = number_text(value.number, arena);
        break;
    case FIELD_FLAG:
        value.number = *(const bool *)at;
        value.text = value.number != 0 ? "true" : "false";
        break;
    case FIELD_TEXT:
        value.is_number = false;
        value.text = *(const char *const *)(const void *)at;
        value.text = value.text ? value.text : "";
        break;
    }
    return value;
}

static const char *last_part(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot ? dot + 1 : path;
}

NODISCARD Status stats_find(const Stats *stats, const char *name, Arena *arena, StatsValue *out)
{
    const Field *found = NULL;
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        if (!strcmp(fields[i].path, name)) {
            *out = read_field(stats, &fields[i], arena);
            return OK;
        }
        if (strcmp(last_part(fields[i].path), name))
            continue;
        if (found)
            return FAIL(ERR_INVALID, "'%s' could be %s or %s", name, found->path,
                        fields[i].path);
        found = &fields[i];
    }
    if (!found)
        return FAIL(ERR_NOT_FOUND, "stats have no value '%s'", name);
    *out = read_field(stats, found, arena);
    return OK;
}

static const char *quote(const char *text, Arena *arena)
{
    char *out = arena_alloc(arena, arena_size_of(6, strlen(text)) + 3, 1);
    char *at = out;
    *at++ = '"';
    for (const char *c = text; *c; c++) {
        if (*c == '"' || *c == '\\') {
            *at++ = '\\';
            *at++ = *c;
        } else if ((unsigned char)*c < 0x20) {
            at += snprintf(at, 7, "\\u%04x", (unsigned)*c);
        } else {
            *at++ = *c;
        }
    }
    *at = '"';
    return out;
}

static Str group_of(const char *path)
{
    const char *dot = strchr(path, '.');
    return (Str){path, dot ? (size_t)(dot - path) : 0};
}

const char *stats_write_json(const Stats *stats, Arena *arena)
{
    const char *json = "{";
    Str group = {0};
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        Str own = group_of(fields[i].path);
        bool is_first = i == 0;
        if (!str_equal(own, group)) {
            if (group.len)
                json = str_format(arena, "%s\n    }", json);
            if (own.len) {
                json = str_format(arena, "%s%s\n    \"%.*s\": {", json, is_first ? "" : ",",
                                  (int)own.len, own.ptr);
                is_first = true;
            }
            group = own;
        }
        StatsValue value = read_field(stats, &fields[i], arena);
        json = str_format(arena, "%s%s\n%s\"%s\": %s", json, is_first ? "" : ",",
                          group.len ? "        " : "    ", last_part(fields[i].path),
                          value.is_number ? value.text : quote(value.text, arena));
    }
    return str_format(arena, "%s%s\n}\n", json, group.len ? "\n    }" : "");
}

double stats_peak_memory(void)
{
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage))
        return 0;
    return (double)usage.ru_maxrss * 1024; // Linux counts in KiB
}

double stats_memory(void)
{
    unsigned long all, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r"); // in pages
    if (!file)
        return 0;
    if (fscanf(file, "%lu %lu", &all, &resident) != 2)
        resident = 0;
    fclose(file);
    return (double)resident * (double)sysconf(_SC_PAGESIZE);
}

// Field 22 of /proc/self/stat: ticks from the machine's start to this process's. 0: not known.
static double process_start_ms(void)
{
    char line[1024];
    FILE *file = fopen("/proc/self/stat", "r");
    if (!file)
        return 0;
    size_t len = fread(line, 1, sizeof line - 1, file);
    fclose(file);
    line[len] = 0;
    const char *name_end = strrchr(line, ')'); // the name may hold anything
    if (!name_end)
        return 0;
    Str rest = str_of(name_end + 1), word = {0};
    for (int field = 3; field <= 22; field++) {
        if (!str_next_word(&rest, &word))
            return 0;
    }
    double ticks;
    return str_to_double(word, &ticks) ? ticks * 1000 / (double)sysconf(_SC_CLK_TCK) : 0;
}

double stats_process_age_ms(void)
{
    struct timespec time;
    clock_gettime(CLOCK_BOOTTIME, &time);
    double now_ms = (double)time.tv_sec * 1000 + (double)time.tv_nsec / 1e6;
    double started_ms = process_start_ms();
    // In a container the machine's start may mean another machine's.
    if (started_ms > 0 && started_ms < now_ms)
        return now_ms - started_ms;
    return MAX((double)clock() * 1000 / CLOCKS_PER_SEC, 1);
}

double stats_main_memory(void)
{
    long pages = sysconf(_SC_PHYS_PAGES), page_bytes = sysconf(_SC_PAGESIZE);
    return pages > 0 && page_bytes > 0 ? (double)pages * (double)page_bytes : 0;
}
