// gpu_timer.c: how long the card works on a frame. Answers come frames later; nobody waits.

#include "device/gpu_parts.h"

void gpu_begin_timing(Gpu *gpu)
{
    GpuTimers *timers = &gpu->timers;
    if (!timers->queries[0])
        glGenQueries(GPU_TIMERS, timers->queries);
    timers->is_running = timers->asked - timers->answered < GPU_TIMERS;
    if (timers->is_running)
        CALL(gpu, glBeginQuery(GL_TIME_ELAPSED, timers->queries[timers->asked % GPU_TIMERS]));
}

void gpu_end_timing(Gpu *gpu)
{
    GpuTimers *timers = &gpu->timers;
    if (timers->is_running) {
        CALL(gpu, glEndQuery(GL_TIME_ELAPSED));
        timers->asked++;
        timers->is_running = false;
    }
    while (timers->answered < timers->asked) {
        GLuint query = timers->queries[timers->answered % GPU_TIMERS], is_there = 0;
        GLuint64 nanoseconds = 0;
        CALL(gpu, glGetQueryObjectuiv(query, GL_QUERY_RESULT_AVAILABLE, &is_there));
        if (!is_there)
            return;
        CALL(gpu, glGetQueryObjectui64v(query, GL_QUERY_RESULT, &nanoseconds));
        timers->newest_ms = (double)nanoseconds / 1e6;
        timers->answered++;
    }
}

double gpu_timed_ms(const Gpu *gpu)
{
    return gpu->timers.newest_ms;
}
