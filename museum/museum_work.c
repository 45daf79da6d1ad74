// museum_work.c: how much frames do, counted: what no clock needs to be asked for.

#include "museum/museum_parts.h"

static MuseumWork work_so_far(const Museum *m)
{
    return (MuseumWork){.meshes = m->house.meshes_made,
                        .light_steps = render_stats(m->render).light_steps,
                        .allocations = arena_block_count()};
}

static void note_most(uint64_t *most, uint64_t now, uint64_t before)
{
    *most = MAX(*most, now - before);
}

void museum_note_work(Museum *m)
{
    MuseumWork now = work_so_far(m);
    RenderStats render = render_stats(m->render);
    note_most(&m->most_work.meshes, now.meshes, m->work.meshes);
    note_most(&m->most_work.light_steps, now.light_steps, m->work.light_steps);
    note_most(&m->most_work.allocations, now.allocations, m->work.allocations);
    note_most(&m->most_work.draw_calls, render.draw_calls, 0);
    note_most(&m->most_work.triangles, render.triangles, 0);
    m->work = now;
}

void museum_forget_work(Museum *m)
{
    m->work = work_so_far(m);
    m->most_work = (MuseumWork){0};
}
