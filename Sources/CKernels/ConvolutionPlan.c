#include "ConvolutionPlan.h"

#include <stdlib.h>

static void forward_taps(ck_layout *layout, const ck_convolution *c) {
    for (int64_t k = 0; k < layout->tapCount; k++) {
        const int64_t row = k / c->kernelColumns * c->rowDilation - c->rowPadding;
        const int64_t column = k % c->kernelColumns * c->columnDilation - c->columnPadding;
        ck_tap *tap = &layout->taps[k];
        tap->rowShift = ck_floor_div(row, c->rowStride);
        tap->rowPhase = row - tap->rowShift * c->rowStride;
        tap->columnShift = ck_floor_div(column, c->columnStride);
        tap->columnPhase = column - tap->columnShift * c->columnStride;
        tap->resultPhase = 0;
    }
    layout->source = (ck_grid){.rowStep = c->rowStride, .columnStep = c->columnStride,
                               .planeRows = c->inputRows, .planeColumns = c->inputColumns};
    layout->result = (ck_grid){.rowStep = 1, .columnStep = 1, .rows = c->outputRows, .columns = c->outputColumns,
                               .planeRows = c->outputRows, .planeColumns = c->outputColumns};
    layout->phaseCount = 1;
}

/// Input row `u` is `rowStride * i + phase - rowPadding`; weights with `k * dilation = phase` modulo the stride reach it from
/// output row `i - k * dilation / stride`.
static void backward_taps(ck_layout *layout, const ck_convolution *c) {
    const int64_t rowStart = ck_floor_div(c->rowPadding, c->rowStride);
    const int64_t columnStart = ck_floor_div(c->columnPadding, c->columnStride);
    for (int64_t k = 0; k < layout->tapCount; k++) {
        const int64_t row = k / c->kernelColumns * c->rowDilation, column = k % c->kernelColumns * c->columnDilation;
        ck_tap *tap = &layout->taps[k];
        tap->rowShift = rowStart - row / c->rowStride;
        tap->columnShift = columnStart - column / c->columnStride;
        tap->rowPhase = tap->columnPhase = 0;
        tap->resultPhase = row % c->rowStride * c->columnStride + column % c->columnStride;
    }
    layout->source = (ck_grid){.rowStep = 1, .columnStep = 1, .planeRows = c->outputRows, .planeColumns = c->outputColumns};
    layout->result = (ck_grid){
        .rowStep = c->rowStride, .columnStep = c->columnStride,
        .rows = ck_floor_div(c->rowPadding + c->inputRows - 1, c->rowStride) - rowStart + 1,
        .columns = ck_floor_div(c->columnPadding + c->inputColumns - 1, c->columnStride) - columnStart + 1,
        .planeRows = c->inputRows, .planeColumns = c->inputColumns,
        .firstRow = rowStart * c->rowStride - c->rowPadding,
        .firstColumn = columnStart * c->columnStride - c->columnPadding};
    layout->phaseCount = c->rowStride * c->columnStride;
}

/// A tap's distance from the result position, to sort by phase and distance.
typedef struct {
    int64_t rowPhase, columnPhase, distance, tap;
} placed_tap;

static int compare_taps(const void *left, const void *right) {
    const placed_tap *a = left, *b = right;
    if (a->rowPhase != b->rowPhase) return a->rowPhase < b->rowPhase ? -1 : 1;
    if (a->columnPhase != b->columnPhase) return a->columnPhase < b->columnPhase ? -1 : 1;
    return (a->distance > b->distance) - (a->distance < b->distance);
}

static bool make_segments(ck_layout *layout, int64_t reach) {
    placed_tap *order = calloc((size_t)layout->tapCount, sizeof(placed_tap));
    if (!order) return false;
    for (int64_t k = 0; k < layout->tapCount; k++) {
        const ck_tap *tap = &layout->taps[k];
        const int64_t distance = tap->rowShift * layout->source.pitch + tap->columnShift;
        order[k] = (placed_tap){tap->rowPhase, tap->columnPhase, distance, k};
    }
    qsort(order, (size_t)layout->tapCount, sizeof(placed_tap), compare_taps);
    ck_segment *segment = 0;
    for (int64_t i = 0; i < layout->tapCount; i++) {
        const placed_tap *tap = &order[i];
        if (!segment || tap->rowPhase != segment->rowPhase || tap->columnPhase != segment->columnPhase ||
            tap->distance - segment->offset - segment->span > reach) {
            segment = &layout->segments[layout->segmentCount++];
            *segment = (ck_segment){tap->rowPhase, tap->columnPhase, tap->distance, 0};
        }
        segment->span = tap->distance - segment->offset;
        layout->taps[tap->tap].segment = segment - layout->segments;
        layout->taps[tap->tap].delta = segment->span;
    }
    free(order);
    return true;
}

/// Rows between items that are long enough to be the zeros of both, if joining the items is worth them.
static void join_items(ck_layout *layout, const ck_convolution *c, ck_direction direction, int64_t itemCost) {
    ck_grid *source = &layout->source, *result = &layout->result;
    const bool isForward = direction == CK_FORWARD;
    source->itemStride = (isForward ? c->inputChannels : c->outputChannels) * source->planeRows * source->planeColumns;
    result->itemStride = (isForward ? c->outputChannels : c->inputChannels) * result->planeRows * result->planeColumns;
    source->items = result->items = 1;
    source->itemPitch = result->itemPitch = INT64_MAX / 4;
    int64_t gap = 0;
    for (int64_t k = 0; k < layout->tapCount; k++) {
        const int64_t shift = layout->taps[k].rowShift;
        gap = ck_max(gap, ck_max(-shift, result->rows + shift - source->rows));
    }
    const int64_t pitch = ck_max(source->rows + gap, result->rows) * source->pitch;
    const int64_t alone = ck_round_up(layout->positions, 16) + itemCost;
    const int64_t largest = c->items * ck_max(source->itemStride, result->itemStride);
    if (c->items == 1 || pitch >= alone || largest > INT32_MAX) return;
    source->items = result->items = c->items;
    source->itemPitch = result->itemPitch = pitch;
    layout->positions += (c->items - 1) * pitch;
}

bool ck_layout_create(ck_layout *layout, const ck_convolution *convolution, ck_direction direction, int64_t reach,
                      int64_t itemCost) {
    *layout = (ck_layout){.tapCount = convolution->kernelRows * convolution->kernelColumns};
    layout->taps = calloc((size_t)layout->tapCount, sizeof(ck_tap));
    layout->segments = calloc((size_t)layout->tapCount, sizeof(ck_segment));
    if (!layout->taps || !layout->segments) {
        ck_layout_free(layout);
        return false;
    }
    if (direction == CK_FORWARD)
        forward_taps(layout, convolution);
    else
        backward_taps(layout, convolution);

    ck_grid *source = &layout->source, *result = &layout->result;
    source->columns = ck_ceil_div(source->planeColumns, source->columnStep);
    source->rows = ck_ceil_div(source->planeRows, source->rowStep);
    int64_t gap = 0;
    for (int64_t k = 0; k < layout->tapCount; k++) {
        const int64_t shift = layout->taps[k].columnShift;
        gap = ck_max(gap, ck_max(-shift, result->columns + shift - source->columns));
    }
    source->pitch = result->pitch = ck_max(source->columns + gap, result->columns);
    layout->positions = (result->rows - 1) * result->pitch + result->columns;
    join_items(layout, convolution, direction, itemCost);
    if (!make_segments(layout, reach)) {
        ck_layout_free(layout);
        return false;
    }

    layout->contiguous = layout->phaseCount == 1 && result->firstRow == 0 && result->firstColumn == 0 &&
                         result->pitch == result->planeColumns && result->rows == result->planeRows;
    if (source->rowStep == 1 && source->columnStep == 1 && source->pitch == source->planeColumns) {
        source->planeRows *= source->planeColumns;
        source->rows = source->planeRows;
        source->planeColumns = source->columns = source->pitch = 1;
    }
    return true;
}

void ck_layout_free(ck_layout *layout) {
    free(layout->taps);
    free(layout->segments);
    layout->taps = 0;
    layout->segments = 0;
}

int64_t ck_layout_row_length(const ck_layout *layout, int64_t width) {
    int64_t length = 0;
    for (int64_t s = 0; s < layout->segmentCount; s++) length += ck_round_up(width + layout->segments[s].span, 16);
    return length;
}

int64_t ck_layout_tap_offset(const ck_layout *layout, int64_t width, int64_t k) {
    int64_t offset = layout->taps[k].delta;
    for (int64_t s = 0; s < layout->taps[k].segment; s++) offset += ck_round_up(width + layout->segments[s].span, 16);
    return offset;
}
