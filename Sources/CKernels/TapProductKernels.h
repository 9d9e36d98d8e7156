/// The innermost loops of convolution, one table of them per instruction set.
#ifndef CK_TAP_PRODUCT_KERNELS_H
#define CK_TAP_PRODUCT_KERNELS_H
#include <stdint.h>
#include "CKConvolution.h"

/// Time steps of a full tile and output channels of a full block.
#define CK_TILE_WIDTH 48
#define CK_BLOCK_ROWS 8

/// `out[r][n] = start + sum over channels c and taps t of
/// weights[c * weightStride + t * rows + r] * packed[c * rowLength + offsets[t] + n]`,
/// for r < rows (8, 4, 2 or 1) and n < width (48, 32 or 16). Start is `in[r][n]`, or `bias[r]` where `in` is null, or zero.
typedef struct {
    int64_t rows, width, channels, taps, rowLength;
    const int32_t *offsets;
    const float *packed, *weights;
    /// Floats between the weights of two channels.
    int64_t weightStride;
    const float *in, *bias;
    float *out;
    int64_t inStride, outStride;
} ck_tile;

/// `sums[r][m] (+)= sum over n < steps of rows[rowOffsets[r] + n] * columns[n * lanes + m]`, for r < rowCount (8, 4, 2 or 1),
/// m < lanes. Fetches the rows of `nextOffsets` into the cache meanwhile.
typedef struct {
    int64_t rowCount, lanes, steps;
    const float *rows, *columns;
    const int64_t *rowOffsets, *nextOffsets;
    float *sums;
    int accumulate;
} ck_outer_tile;

/// One step of gathering scattered floats into a packed row: the floats `source + b` for each set bit `b` of `mask`, written
/// one after the other from `destination`; without any bit, `count` zeros. Steps come in ascending destination order and
/// together cover the row, so a step may write up to 15 floats too many. Bits are the lowest ones in a dense step; an
/// alternating one is 16 floats from every second place, a fourth one 16 from every fourth.
typedef enum { CK_DENSE = 0, CK_SPARSE = 1, CK_ALTERNATING = 2, CK_FOURTH = 4 } ck_gather_kind;

typedef struct {
    int32_t source, destination;
    uint16_t mask, count, kind;
} ck_gather;

/// The floats `source, source + 1, …`, put where the bits of `mask` are set in a window of 16.
typedef struct {
    int32_t source;
    uint32_t mask;
} ck_scatter_part;

/// A window of 16 floats of a result, assembled from parts. Only floats in `mask` are written.
typedef struct {
    int64_t destination;
    int32_t firstPart;
    uint16_t partCount, mask;
} ck_scatter;

/// Weights `from[channel * channelStride + row * taps + k]` packed in blocks of 8 rows (4, 2 or 1 at the end): weight k of a
/// channel goes to `to[block * blockStride + (channel * taps + places[k]) * blockRows + row]`. Rows missing are zero.
typedef struct {
    const float *from, *end;
    int64_t channelStride, rows, channels, taps;
    const int32_t *places;
    float *to;
    int64_t blockStride;
} ck_turn;

/// Rows of the block that holds the next `remaining` rows.
static inline int64_t ck_block_rows(int64_t remaining) {
    return remaining > 4 ? CK_BLOCK_ROWS : remaining > 2 ? 4 : remaining;
}

typedef struct {
    void (*tile)(const ck_tile *tile);
    void (*outerTile)(const ck_outer_tile *tile);
    /// Also fetches into the cache what the same steps will need from `source + ahead`.
    void (*gather)(const ck_gather *steps, int64_t count, const float *source, int64_t ahead, float *destination);
    void (*scatter)(const ck_scatter *windows, int64_t count, const ck_scatter_part *parts, const float *source,
                    float *destination);
    /// `to[i * toStride + r] = from[r * fromStride + i]` for r < rows <= 8 and i < length; zero for rows up to `toRows`.
    void (*transpose)(const float *from, int64_t fromStride, int64_t rows, int64_t length, float *to, int64_t toStride,
                      int64_t toRows);
    void (*turn)(const ck_turn *turn);
    /// `to[r * toStride + i] (+)= from[i * fromStride + r]` for r < rows <= 8 and i < length; `from` has 8 floats in a row.
    void (*untranspose)(const float *from, int64_t fromStride, int64_t rows, int64_t length, float *to, int64_t toStride,
                        int accumulate);
} ck_kernels;

extern const ck_kernels ck_kernels_portable;
#if defined(__x86_64__)
extern const ck_kernels ck_kernels_avx2, ck_kernels_avx512;
#endif
const ck_kernels *ck_kernels_for(ck_level level);

#endif
