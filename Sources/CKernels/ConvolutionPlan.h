/// How every convolution becomes one shifted product.
///
/// Result positions are numbered along one line: item, row, column, with `pitch` positions per row. A tap then reads the
/// source at a constant distance from the position. A strided source is split into phases (positions equal modulo the stride),
/// each contiguous again. Where a kernel is wider than one column, rows are `pitch` apart with zeros between them, wide enough
/// to serve as the padding of both neighbours; results computed in those gaps are dropped. Short items of a batch follow one
/// another on the same line in the same way, so that weights are packed once and tiles are full.
#ifndef CK_CONVOLUTION_PLAN_H
#define CK_CONVOLUTION_PLAN_H
#include <stdbool.h>
#include "TapProductKernels.h"

/// Positions along the line mapped to rows and columns.
typedef struct {
    int64_t pitch;
    /// Rows and columns with positions of their own; steps between them in the plane; the plane's size.
    int64_t rows, columns, rowStep, columnStep, planeRows, planeColumns;
    /// Plane row of position row 0 in phase 0, column likewise: at most 0.
    int64_t firstRow, firstColumn;
    /// Items on the line, positions from one to the next, floats from one to the next.
    int64_t items, itemPitch, itemStride;
} ck_grid;

/// Positions `start + offset` to `start + offset + width + span - 1` of one phase.
typedef struct {
    int64_t rowPhase, columnPhase, offset, span;
} ck_segment;

typedef struct {
    /// Source: where in the line, in which phase.
    int64_t rowShift, columnShift, rowPhase, columnPhase;
    int64_t segment, delta;
    /// Which phase of the result it contributes to.
    int64_t resultPhase;
} ck_tap;

/// One direction of one convolution as a product. `taps[k]` belongs to weight `k` of the kernel.
typedef struct {
    ck_grid source, result;
    /// Positions on the line; taps; segments; phases of the result.
    int64_t positions, tapCount, segmentCount, phaseCount;
    ck_tap *taps;
    ck_segment *segments;
    /// The result of an item is written in the order it is computed in.
    bool contiguous;
} ck_layout;

/// Puts all items on one line where that needs less work than tiles of every item plus `itemCost` positions for each.
/// Taps of one phase further apart than `reach` positions get segments of their own. False when memory is exhausted.
bool ck_layout_create(ck_layout *layout, const ck_convolution *convolution, ck_direction direction, int64_t reach,
                      int64_t itemCost);
void ck_layout_free(ck_layout *layout);

/// Floats of a packed channel for tiles of `width` positions.
int64_t ck_layout_row_length(const ck_layout *layout, int64_t width);
/// Where tap `k` begins in a packed channel.
int64_t ck_layout_tap_offset(const ck_layout *layout, int64_t width, int64_t k);

/// Steps that gather positions from `start` of a channel; at most `ck_layout_row_length` of them. Returns their number.
int64_t ck_gather_build(const ck_layout *layout, int64_t start, int64_t width, ck_gather *steps);
/// As above for the positions of the result's own grid (one phase): used to read gradients in line order.
int64_t ck_gather_build_result(const ck_layout *layout, int64_t start, int64_t width, ck_gather *steps);
/// Windows that write `width` positions from `start`; phase p of the results begins at `p * phaseStride`. Both arrays hold at
/// most `width * phaseCount` elements. Returns the number of windows.
int64_t ck_scatter_build(const ck_layout *layout, int64_t start, int64_t width, int64_t phaseStride, ck_scatter *windows,
                         ck_scatter_part *parts);

static inline int64_t ck_min(int64_t a, int64_t b) { return a < b ? a : b; }
static inline int64_t ck_max(int64_t a, int64_t b) { return a > b ? a : b; }
static inline int64_t ck_ceil_div(int64_t a, int64_t b) { return (a + b - 1) / b; }
static inline int64_t ck_round_up(int64_t a, int64_t b) { return ck_ceil_div(a, b) * b; }
static inline int64_t ck_floor_div(int64_t a, int64_t b) { return a >= 0 ? a / b : -((-a + b - 1) / b); }

#endif
