#include "ConvolutionPlan.h"

typedef struct {
    ck_gather *steps;
    int64_t count, destination;
} gather_builder;

static void add_zeros(gather_builder *builder, int64_t count) {
    while (count > 0) {
        const int64_t part = ck_min(count, 16);
        builder->steps[builder->count++] = (ck_gather){0, (int32_t)builder->destination, 0, (uint16_t)part, CK_DENSE};
        builder->destination += part;
        count -= part;
    }
}

/// Appends the floats `source, source + stride, …`; joins the last step while its window of 16 reaches that far.
static void add_run(gather_builder *builder, int64_t source, int64_t stride, int64_t count, bool join) {
    while ((stride == 2 || stride == 4) && count >= 16) {
        const uint16_t kind = stride == 2 ? CK_ALTERNATING : CK_FOURTH;
        builder->steps[builder->count++] = (ck_gather){(int32_t)source, (int32_t)builder->destination, 0xFFFF, 16, kind};
        builder->destination += 16;
        source += 16 * stride;
        count -= 16;
        join = false;
    }
    while (count > 0) {
        ck_gather *last = builder->count > 0 ? &builder->steps[builder->count - 1] : 0;
        const int64_t position = last ? source - last->source : -1;
        const bool isZeros = last && last->mask == 0 && last->count > 0;
        if (!join || !last || isZeros || position > 15 || position < 0 || last->mask >> position) {
            builder->steps[builder->count++] = (ck_gather){(int32_t)source, (int32_t)builder->destination, 0, 0, CK_DENSE};
            join = true;
            continue;
        }
        const int64_t room = ck_min(count, (15 - position) / stride + 1);
        uint32_t bits = 0;
        if (stride == 1)
            bits = (1u << room) - 1;
        else
            for (int64_t i = 0; i < room; i++) bits |= 1u << (i * stride);
        last->mask = (uint16_t)(last->mask | bits << position);
        last->count = (uint16_t)(last->count + room);
        last->kind = (last->mask & (last->mask + 1)) == 0 ? CK_DENSE : CK_SPARSE;
        builder->destination += room;
        source += room * stride;
        count -= room;
    }
}

/// `count` floats of one item from `position` on, in the phase given. The item begins at `base`.
static void add_item(gather_builder *builder, const ck_grid *grid, int64_t base, int64_t rowPhase, int64_t columnPhase,
                     int64_t position, int64_t count) {
    bool join = false;
    if (grid->pitch == 1 && grid->planeColumns == 1) {
        const int64_t valid = grid->planeRows > rowPhase ? (grid->planeRows - rowPhase - 1) / grid->rowStep + 1 : 0;
        const int64_t before = ck_min(count, ck_max(0, -position));
        add_zeros(builder, before);
        position += before;
        count -= before;
        const int64_t inside = ck_min(count, ck_max(0, valid - position));
        add_run(builder, base + position * grid->rowStep + rowPhase, grid->rowStep, inside, join);
        add_zeros(builder, count - inside);
        return;
    }
    int64_t row = ck_floor_div(position, grid->pitch), column = position - row * grid->pitch;
    while (count > 0) {
        const int64_t planeRow = row * grid->rowStep + rowPhase;
        const int64_t valid =
            planeRow < 0 || planeRow >= grid->planeRows || columnPhase >= grid->planeColumns
                ? 0
                : (grid->planeColumns - columnPhase - 1) / grid->columnStep + 1;
        const int64_t inside = ck_min(count, ck_max(0, valid - column));
        const int64_t start = base + planeRow * grid->planeColumns + columnPhase + column * grid->columnStep;
        add_run(builder, start, grid->columnStep, inside, join);
        join = true;
        const int64_t rest = ck_min(count - inside, grid->pitch - column - inside);
        add_zeros(builder, rest);
        count -= inside + rest;
        column = 0;
        row++;
    }
}

/// The part of the line from `position` on, in the phase given; `count` floats.
static void add_line(gather_builder *builder, const ck_grid *grid, int64_t rowPhase, int64_t columnPhase, int64_t position,
                     int64_t count) {
    while (count > 0) {
        const int64_t item = ck_floor_div(position, grid->itemPitch);
        const int64_t inside = position < 0 ? position : position - item * grid->itemPitch;
        const int64_t part = ck_min(count, position < 0 ? -position : grid->itemPitch - inside);
        if (item < 0 || item >= grid->items)
            add_zeros(builder, part);
        else
            add_item(builder, grid, item * grid->itemStride, rowPhase, columnPhase, inside, part);
        position += part;
        count -= part;
    }
}

int64_t ck_gather_build(const ck_layout *layout, int64_t start, int64_t width, ck_gather *steps) {
    gather_builder builder = {steps, 0, 0};
    int64_t base = 0;
    for (int64_t s = 0; s < layout->segmentCount; s++) {
        const ck_segment *segment = &layout->segments[s];
        builder.destination = base;
        add_line(&builder, &layout->source, segment->rowPhase, segment->columnPhase, start + segment->offset,
                 width + segment->span);
        base += ck_round_up(width + segment->span, 16);
    }
    return builder.count;
}

int64_t ck_gather_build_result(const ck_layout *layout, int64_t start, int64_t width, ck_gather *steps) {
    gather_builder builder = {steps, 0, 0};
    add_line(&builder, &layout->result, 0, 0, start, width);
    return builder.count;
}

typedef struct {
    ck_scatter *windows;
    ck_scatter_part *parts;
    int64_t windowCount, partCount;
} scatter_builder;

/// Appends `count` neighbouring floats of the result that are neighbours in the source as well.
static void add_scatter(scatter_builder *builder, int64_t destination, int64_t source, int64_t count) {
    while (count > 0) {
        ck_scatter *window = builder->windowCount > 0 ? &builder->windows[builder->windowCount - 1] : 0;
        const int64_t position = window ? destination - window->destination : -1;
        if (!window || position < 0 || position > 15 || window->mask >> position) {
            builder->windows[builder->windowCount++] = (ck_scatter){destination, (int32_t)builder->partCount, 0, 0};
            continue;
        }
        const int64_t room = ck_min(count, 16 - position);
        const uint32_t bits = ((1u << room) - 1) << position;
        ck_scatter_part *part = 0;
        for (int64_t p = window->firstPart; p < builder->partCount; p++)
            if (builder->parts[p].source + __builtin_popcount(builder->parts[p].mask) == source) part = &builder->parts[p];
        if (!part) {
            part = &builder->parts[builder->partCount++];
            *part = (ck_scatter_part){(int32_t)source, 0};
            window->partCount++;
        }
        part->mask |= bits;
        window->mask = (uint16_t)(window->mask | bits);
        destination += room;
        source += room;
        count -= room;
    }
}

int64_t ck_scatter_build(const ck_layout *layout, int64_t start, int64_t width, int64_t phaseStride, ck_scatter *windows,
                         ck_scatter_part *parts) {
    const ck_grid *grid = &layout->result;
    scatter_builder builder = {windows, parts, 0, 0};
    const int64_t end = ck_min(start + width, layout->positions);
    for (int64_t position = start; position < end;) {
        const int64_t item = position / grid->itemPitch, base = item * grid->itemStride;
        const int64_t inside = position - item * grid->itemPitch;
        const int64_t row = inside / grid->pitch, column = inside - row * grid->pitch;
        if (layout->contiguous) {
            const int64_t plane = grid->planeRows * grid->planeColumns;
            const int64_t count = ck_min(plane - inside, end - position);
            if (count > 0) add_scatter(&builder, base + inside, position - start, count);
            position += ck_min(grid->itemPitch - inside, end - position);
            continue;
        }
        const int64_t columns = row < grid->rows ? ck_min(grid->columns - column, end - position) : 0;
        for (int64_t rowPhase = 0; columns > 0 && rowPhase < grid->rowStep; rowPhase++) {
            const int64_t planeRow = row * grid->rowStep + rowPhase + grid->firstRow;
            if (planeRow < 0 || planeRow >= grid->planeRows) continue;
            const int64_t from = position - start + rowPhase * grid->columnStep * phaseStride;
            if (grid->columnStep == 1) {
                const int64_t skip = ck_max(0, -(column + grid->firstColumn));
                const int64_t planeColumn = column + grid->firstColumn + skip;
                const int64_t count = ck_min(columns - skip, grid->planeColumns - planeColumn);
                add_scatter(&builder, base + planeRow * grid->planeColumns + planeColumn, from + skip, count);
                continue;
            }
            for (int64_t i = 0; i < columns * grid->columnStep; i++) {
                const int64_t planeColumn = column * grid->columnStep + i + grid->firstColumn;
                if (planeColumn < 0 || planeColumn >= grid->planeColumns) continue;
                add_scatter(&builder, base + planeRow * grid->planeColumns + planeColumn,
                            from + i % grid->columnStep * phaseStride + i / grid->columnStep, 1);
            }
        }
        position += ck_max(1, ck_min(end - position, grid->pitch - column));
    }
    return builder.windowCount;
}
