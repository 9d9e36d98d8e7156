/// Kernels for one instruction set. The including file defines
/// CK_NAME(x)   how a name is decorated,          CK_TARGET   the function attributes,
/// CK_LANES     floats in a vector register,      CK_ROWS     rows of the largest register tile,
/// CK_VECTORS   vectors across the largest register tile.
#include <string.h>

typedef float CK_NAME(vector) __attribute__((vector_size(4 * CK_LANES)));
typedef float CK_NAME(loose) __attribute__((vector_size(4 * CK_LANES), aligned(4), may_alias));
typedef float CK_NAME(eight) __attribute__((vector_size(32)));
typedef float CK_NAME(looseEight) __attribute__((vector_size(32), aligned(4), may_alias));
typedef float CK_NAME(looseFour) __attribute__((vector_size(16), aligned(4), may_alias));

#define CK_INLINE static inline __attribute__((always_inline)) CK_TARGET
#define CK_UNROLL _Pragma("clang loop unroll(full)")

/// A register tile: `rows` x `vectors` sums stay in registers over all channels and taps.
CK_INLINE void CK_NAME(tileBody)(const int rows, const int vectors, const ck_tile *tile, int64_t row, int64_t column) {
    CK_NAME(vector) sums[CK_ROWS][CK_VECTORS];
    CK_UNROLL for (int r = 0; r < rows; r++) {
        const float start = tile->bias && !tile->in ? tile->bias[row + r] : 0;
        CK_UNROLL for (int n = 0; n < vectors; n++) sums[r][n] = (CK_NAME(vector)){0} + start;
    }
    const float *packed = tile->packed + column;
    const float *weights = tile->weights + row;
    const float *before = tile->in ? tile->in + row * tile->inStride + column : 0;
    float *out = tile->out + row * tile->outStride + column;
    const int64_t stride = tile->rows, taps = tile->taps, rowLength = tile->rowLength;
    const int64_t skip = tile->weightStride - taps * stride;
    const int32_t *offsets = tile->offsets;
    int64_t beforeStride = tile->inStride;
    // Sums of at most about 256 products are added up: the rounding error of one long sum would be larger.
    // Phases without taps and empty channels still write what they start with.
    const int64_t most = taps == 0 ? tile->channels + 1 : taps < 256 ? 256 / taps : 1;
    int64_t left = tile->channels;
    do {
        for (int64_t c = left < most ? left : most; c > 0; c--) {
            for (int64_t t = 0; t < taps; t++) {
                const float *samples = packed + offsets[t];
                CK_NAME(vector) x[CK_VECTORS];
                CK_UNROLL for (int n = 0; n < vectors; n++) x[n] = *(const CK_NAME(loose) *)(samples + n * CK_LANES);
                CK_UNROLL for (int r = 0; r < rows; r++) {
                    const float weight = weights[r];
                    CK_UNROLL for (int n = 0; n < vectors; n++) sums[r][n] += x[n] * weight;
                }
                weights += stride;
            }
            packed += rowLength;
            weights += skip;
        }
        CK_UNROLL for (int r = 0; r < rows; r++)
            CK_UNROLL for (int n = 0; n < vectors; n++) {
                if (before) sums[r][n] += *(const CK_NAME(loose) *)(before + r * beforeStride + n * CK_LANES);
                *(CK_NAME(loose) *)(out + r * tile->outStride + n * CK_LANES) = sums[r][n];
                sums[r][n] = (CK_NAME(vector)){0};
            }
        before = out;
        beforeStride = tile->outStride;
        left -= most;
    } while (left > 0);
}

/// The register tile of the weight gradient: `rows` shifted inputs times `vectors` of output channels, summed over time.
CK_INLINE void CK_NAME(outerBody)(const int rows, const int vectors, const ck_outer_tile *tile, int64_t row, int64_t column) {
    CK_NAME(vector) sums[CK_ROWS][CK_VECTORS];
    const int64_t lanes = tile->lanes;
    float *out = tile->sums + row * lanes + column;
    CK_UNROLL for (int r = 0; r < rows; r++)
        CK_UNROLL for (int n = 0; n < vectors; n++) sums[r][n] = (CK_NAME(vector)){0};
    const float *inputs[CK_ROWS];
    CK_UNROLL for (int r = 0; r < rows; r++) inputs[r] = tile->rows + tile->rowOffsets[row + r];
    const float *columns = tile->columns + column;
    for (int64_t first = 0; first < tile->steps; first += 16) {
        const int64_t end = tile->steps < first + 16 ? tile->steps : first + 16;
        CK_UNROLL for (int r = 0; r < rows; r++) __builtin_prefetch(tile->rows + tile->nextOffsets[row + r] + first);
        for (int64_t step = first; step < end; step++) {
            CK_NAME(vector) x[CK_VECTORS];
            CK_UNROLL for (int n = 0; n < vectors; n++) x[n] = *(const CK_NAME(loose) *)(columns + n * CK_LANES);
            CK_UNROLL for (int r = 0; r < rows; r++) {
                const float weight = inputs[r][step];
                CK_UNROLL for (int n = 0; n < vectors; n++) sums[r][n] += x[n] * weight;
            }
            columns += lanes;
        }
    }
    CK_UNROLL for (int r = 0; r < rows; r++)
        CK_UNROLL for (int n = 0; n < vectors; n++) {
            CK_NAME(loose) *target = (CK_NAME(loose) *)(out + r * lanes + n * CK_LANES);
            *target = tile->accumulate ? *target + sums[r][n] : sums[r][n];
        }
}

#define CK_INSTANCE(ROWS, VECTORS)                                                                                            \
    static CK_TARGET void CK_NAME(tile##ROWS##VECTORS)(const ck_tile *tile, int64_t row, int64_t column) {                    \
        CK_NAME(tileBody)(ROWS, VECTORS, tile, row, column);                                                                  \
    }                                                                                                                         \
    static CK_TARGET void CK_NAME(outer##ROWS##VECTORS)(const ck_outer_tile *tile, int64_t row, int64_t column) {             \
        CK_NAME(outerBody)(ROWS, VECTORS, tile, row, column);                                                                 \
    }

CK_INSTANCE(1, 1)
CK_INSTANCE(2, 1)
CK_INSTANCE(4, 1)
CK_INSTANCE(1, 2)
CK_INSTANCE(2, 2)
CK_INSTANCE(4, 2)
#if CK_VECTORS == 3
CK_INSTANCE(1, 3)
CK_INSTANCE(2, 3)
CK_INSTANCE(4, 3)
#endif
#if CK_ROWS == 8
CK_INSTANCE(8, 1)
CK_INSTANCE(8, 2)
CK_INSTANCE(8, 3)
#endif

#define CK_SELECT(KIND, ROWS, VECTORS)                                                                                        \
    if (rows == ROWS && vectors == VECTORS) CK_NAME(KIND##ROWS##VECTORS)(tile, row, column);
#if CK_VECTORS == 3
#define CK_SELECT_ROWS(KIND, ROWS) CK_SELECT(KIND, ROWS, 1) CK_SELECT(KIND, ROWS, 2) CK_SELECT(KIND, ROWS, 3)
#else
#define CK_SELECT_ROWS(KIND, ROWS) CK_SELECT(KIND, ROWS, 1) CK_SELECT(KIND, ROWS, 2)
#endif
#if CK_ROWS == 8
#define CK_SELECT_ALL(KIND) CK_SELECT_ROWS(KIND, 8) CK_SELECT_ROWS(KIND, 4) CK_SELECT_ROWS(KIND, 2) CK_SELECT_ROWS(KIND, 1)
#else
#define CK_SELECT_ALL(KIND) CK_SELECT_ROWS(KIND, 4) CK_SELECT_ROWS(KIND, 2) CK_SELECT_ROWS(KIND, 1)
#endif

/// Vectors per register tile, chosen so that a width is cut evenly: 6 vectors become 3 + 3, 4 become 2 + 2.
CK_INLINE int64_t CK_NAME(chunk)(int64_t vectors) {
    const int64_t pieces = (vectors + CK_VECTORS - 1) / CK_VECTORS;
    return (vectors + pieces - 1) / pieces;
}

static CK_TARGET void CK_NAME(tile)(const ck_tile *tile) {
    const int64_t total = tile->width / CK_LANES, chunk = CK_NAME(chunk)(total);
    const int64_t rows = tile->rows < CK_ROWS ? tile->rows : CK_ROWS;
    for (int64_t first = 0; first < total; first += chunk) {
        const int64_t vectors = total - first < chunk ? total - first : chunk, column = first * CK_LANES;
        for (int64_t row = 0; row < tile->rows; row += rows) { CK_SELECT_ALL(tile) }
    }
}

static CK_TARGET void CK_NAME(outerTile)(const ck_outer_tile *tile) {
    const int64_t total = tile->lanes / CK_LANES, chunk = CK_NAME(chunk)(total);
    const int64_t rows = tile->rowCount < CK_ROWS ? tile->rowCount : CK_ROWS;
    for (int64_t first = 0; first < total; first += chunk) {
        const int64_t vectors = total - first < chunk ? total - first : chunk, column = first * CK_LANES;
        for (int64_t row = 0; row < tile->rowCount; row += rows) { CK_SELECT_ALL(outer) }
    }
}

#if CK_LANES == 16
static CK_TARGET void CK_NAME(gather)(const ck_gather *steps, int64_t count, const float *source, int64_t ahead,
                                      float *destination) {
    const __m512i even = _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
    const __m512i fourth = _mm512_setr_epi32(0, 4, 8, 12, 16, 20, 24, 28, 0, 0, 0, 0, 0, 0, 0, 0);
    for (int64_t i = 0; i < count; i++) {
        const ck_gather step = steps[i];
        __builtin_prefetch(source + ahead + step.source);
        __m512 values = _mm512_maskz_loadu_ps(step.mask, source + step.source);
        if (step.kind == CK_SPARSE)
            values = _mm512_maskz_compress_ps(step.mask, values);
        else if (step.kind == CK_ALTERNATING) {
            __builtin_prefetch(source + ahead + step.source + 16);
            values = _mm512_permutex2var_ps(values, even, _mm512_maskz_loadu_ps(0x7FFF, source + step.source + 16));
        } else if (step.kind == CK_FOURTH) {
            const float *from = source + step.source;
            for (int line = 16; line < 64; line += 16) __builtin_prefetch(from + ahead + line);
            const __m512 first = _mm512_permutex2var_ps(values, fourth, _mm512_loadu_ps(from + 16));
            const __m512 second =
                _mm512_permutex2var_ps(_mm512_loadu_ps(from + 32), fourth, _mm512_maskz_loadu_ps(0x1FFF, from + 48));
            values = _mm512_shuffle_f32x4(first, second, 0x44);
        }
        _mm512_storeu_ps(destination + step.destination, values);
    }
}

static CK_TARGET void CK_NAME(scatter)(const ck_scatter *windows, int64_t count, const ck_scatter_part *parts,
                                       const float *source, float *destination) {
    for (int64_t i = 0; i < count; i++) {
        const ck_scatter window = windows[i];
        const ck_scatter_part *part = parts + window.firstPart;
        __m512 values = _mm512_maskz_expand_ps(part->mask, _mm512_loadu_ps(source + part->source));
        for (int p = 1; p < window.partCount; p++)
            values = _mm512_mask_expand_ps(values, part[p].mask, _mm512_loadu_ps(source + part[p].source));
        if (window.mask == 0xFFFF)
            _mm512_storeu_ps(destination + window.destination, values);
        else
            _mm512_mask_storeu_ps(destination + window.destination, window.mask, values);
    }
}
#else
static CK_TARGET void CK_NAME(gather)(const ck_gather *steps, int64_t count, const float *source, int64_t ahead,
                                      float *destination) {
    (void)ahead;
    for (int64_t i = 0; i < count; i++) {
        const float *from = source + steps[i].source;
        float *to = destination + steps[i].destination;
        if (steps[i].mask == 0)
            for (int n = 0; n < steps[i].count; n++) to[n] = 0;
        else if (steps[i].kind == CK_ALTERNATING)
            for (int n = 0; n < 16; n++) to[n] = from[2 * n];
        else if (steps[i].kind == CK_FOURTH)
            for (int n = 0; n < 16; n++) to[n] = from[4 * n];
        else if (steps[i].kind == CK_DENSE)
            memcpy(to, from, sizeof(float) * steps[i].count);
        else
            for (uint32_t mask = steps[i].mask; mask; mask &= mask - 1) *to++ = from[__builtin_ctz(mask)];
    }
}

static CK_TARGET void CK_NAME(scatter)(const ck_scatter *windows, int64_t count, const ck_scatter_part *parts,
                                       const float *source, float *destination) {
    for (int64_t i = 0; i < count; i++) {
        float *to = destination + windows[i].destination;
        for (int p = 0; p < windows[i].partCount; p++) {
            const ck_scatter_part part = parts[windows[i].firstPart + p];
            const float *from = source + part.source;
            if (part.mask == 0xFFFF)
                memcpy(to, from, 16 * sizeof(float));
            else
                for (uint32_t mask = part.mask; mask; mask &= mask - 1) to[__builtin_ctz(mask)] = *from++;
        }
    }
}
#endif

/// Transposes 8 x 8 floats in registers.
CK_INLINE void CK_NAME(transposeEight)(CK_NAME(eight) v[8]) {
    CK_NAME(eight) a[8], b[8];
    CK_UNROLL for (int i = 0; i < 4; i++) {
        a[2 * i] = __builtin_shufflevector(v[2 * i], v[2 * i + 1], 0, 8, 1, 9, 4, 12, 5, 13);
        a[2 * i + 1] = __builtin_shufflevector(v[2 * i], v[2 * i + 1], 2, 10, 3, 11, 6, 14, 7, 15);
    }
    CK_UNROLL for (int h = 0; h < 2; h++) {
        CK_UNROLL for (int i = 0; i < 2; i++) {
            b[4 * h + 2 * i] = __builtin_shufflevector(a[4 * h + i], a[4 * h + i + 2], 0, 1, 8, 9, 4, 5, 12, 13);
            b[4 * h + 2 * i + 1] = __builtin_shufflevector(a[4 * h + i], a[4 * h + i + 2], 2, 3, 10, 11, 6, 7, 14, 15);
        }
    }
    CK_UNROLL for (int i = 0; i < 4; i++) {
        v[i] = __builtin_shufflevector(b[i], b[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
        v[i + 4] = __builtin_shufflevector(b[i], b[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
    }
}

static CK_TARGET void CK_NAME(transpose)(const float *from, int64_t fromStride, int64_t rows, int64_t length, float *to,
                                         int64_t toStride, int64_t toRows) {
    int64_t i = 0;
    if (toRows >= 4) {
        for (; i + 8 <= length; i += 8) {
            CK_NAME(eight) v[8];
            CK_UNROLL for (int r = 0; r < 8; r++)
                v[r] = r < rows ? *(const CK_NAME(looseEight) *)(from + r * fromStride + i) : (CK_NAME(eight)){0};
            CK_NAME(transposeEight)(v);
            if (toRows == 8) {
                CK_UNROLL for (int k = 0; k < 8; k++) *(CK_NAME(looseEight) *)(to + (i + k) * toStride) = v[k];
            } else {
                CK_UNROLL for (int k = 0; k < 8; k++)
                    *(CK_NAME(looseFour) *)(to + (i + k) * toStride) = __builtin_shufflevector(v[k], v[k], 0, 1, 2, 3);
            }
        }
    }
    for (; i < length; i++)
        for (int64_t r = 0; r < toRows; r++) to[i * toStride + r] = r < rows ? from[r * fromStride + i] : 0;
}

/// One block of at most 8 rows of one channel, 8 taps at a time. Up to 8 weights are read although only the rest of the taps
/// is wanted, but never beyond the end.
CK_INLINE void CK_NAME(turnBlock)(const ck_turn *turn, const float *from, int64_t rows, float *to) {
    const int64_t taps = turn->taps, blockRows = ck_block_rows(rows);
    for (int64_t first = 0; first < taps; first += 8) {
        const int64_t count = taps - first < 8 ? taps - first : 8;
        const float *source = from + first;
        CK_NAME(eight) v[8];
        if (rows == CK_BLOCK_ROWS && source + 7 * taps + 8 <= turn->end) {
            CK_UNROLL for (int r = 0; r < 8; r++) v[r] = *(const CK_NAME(looseEight) *)(source + r * taps);
        } else {
            float buffer[CK_BLOCK_ROWS][8] = {{0}};
            for (int64_t r = 0; r < rows; r++)
                for (int64_t k = 0; k < count; k++) buffer[r][k] = source[r * taps + k];
            CK_UNROLL for (int r = 0; r < 8; r++) v[r] = *(const CK_NAME(looseEight) *)buffer[r];
        }
        CK_NAME(transposeEight)(v);
        CK_UNROLL for (int k = 0; k < 8; k++) {
            if (k >= count) break;
            float *place = to + turn->places[first + k] * blockRows;
            if (blockRows == CK_BLOCK_ROWS)
                *(CK_NAME(looseEight) *)place = v[k];
            else
                for (int64_t r = 0; r < blockRows; r++) place[r] = v[k][r];
        }
    }
}

#if CK_LANES == 16
/// A whole block of at most 8 taps, which is at most four vectors of weights: every result picks its lanes from them.
CK_INLINE void CK_NAME(turnFew)(const float *from, int64_t taps, const int32_t *order, float *to) {
    const int64_t count = CK_BLOCK_ROWS * taps;
    __m512 v[4];
    CK_UNROLL for (int i = 0; i < 4; i++) {
        const int64_t left = count - 16 * i;
        v[i] = _mm512_maskz_loadu_ps(left >= 16 ? 0xFFFF : left <= 0 ? 0 : (1u << left) - 1, from + 16 * i);
    }
    for (int64_t first = 0; first < count; first += 16) {
        const __m512i index = _mm512_loadu_si512(order + first);
        const __m512 low = _mm512_permutex2var_ps(v[0], index, v[1]), high = _mm512_permutex2var_ps(v[2], index, v[3]);
        const __m512 all = _mm512_mask_blend_ps(_mm512_cmpge_epi32_mask(index, _mm512_set1_epi32(32)), low, high);
        _mm512_mask_storeu_ps(to + first, count - first >= 16 ? 0xFFFF : 0xFF, all);
    }
}

/// 16 taps of 8 rows: both halves of the vectors are turned at once.
CK_INLINE void CK_NAME(turnSixteen)(const float *from, int64_t taps, const int32_t *places, float *to) {
    __m512 a[8], b[8];
    CK_UNROLL for (int i = 0; i < 4; i++) {
        const __m512 even = _mm512_loadu_ps(from + 2 * i * taps), odd = _mm512_loadu_ps(from + (2 * i + 1) * taps);
        a[2 * i] = _mm512_unpacklo_ps(even, odd);
        a[2 * i + 1] = _mm512_unpackhi_ps(even, odd);
    }
    /// b[4h + k]: rows 4h to 4h + 3 of taps k, 4 + k, 8 + k and 12 + k.
    CK_UNROLL for (int h = 0; h < 2; h++)
        CK_UNROLL for (int i = 0; i < 2; i++) {
            b[4 * h + 2 * i] = _mm512_shuffle_ps(a[4 * h + i], a[4 * h + 2 + i], 0x44);
            b[4 * h + 2 * i + 1] = _mm512_shuffle_ps(a[4 * h + i], a[4 * h + 2 + i], 0xEE);
        }
    CK_UNROLL for (int k = 0; k < 4; k++) {
        const __m512 low = _mm512_shuffle_f32x4(b[k], b[4 + k], 0x88), high = _mm512_shuffle_f32x4(b[k], b[4 + k], 0xDD);
        const __m512 taps0and8 = _mm512_shuffle_f32x4(low, low, 0xD8), taps4and12 = _mm512_shuffle_f32x4(high, high, 0xD8);
        _mm256_storeu_ps(to + places[k] * CK_BLOCK_ROWS, _mm512_castps512_ps256(taps0and8));
        _mm256_storeu_ps(to + places[8 + k] * CK_BLOCK_ROWS, _mm512_extractf32x8_ps(taps0and8, 1));
        _mm256_storeu_ps(to + places[4 + k] * CK_BLOCK_ROWS, _mm512_castps512_ps256(taps4and12));
        _mm256_storeu_ps(to + places[12 + k] * CK_BLOCK_ROWS, _mm512_extractf32x8_ps(taps4and12, 1));
    }
}
#endif

static CK_TARGET void CK_NAME(turn)(const ck_turn *turn) {
    const int64_t taps = turn->taps;
#if CK_LANES == 16
    int32_t order[64] = {0};
    if (taps <= 8)
        for (int64_t k = 0; k < taps; k++)
            for (int r = 0; r < CK_BLOCK_ROWS; r++) order[turn->places[k] * CK_BLOCK_ROWS + r] = (int32_t)(r * taps + k);
#endif
    for (int64_t channel = 0; channel < turn->channels; channel++) {
        const float *from = turn->from + channel * turn->channelStride;
        for (int64_t row = 0; row < turn->rows; row += CK_BLOCK_ROWS) {
            const int64_t rows = turn->rows - row < CK_BLOCK_ROWS ? turn->rows - row : CK_BLOCK_ROWS;
            float *to = turn->to + row / CK_BLOCK_ROWS * turn->blockStride + channel * taps * ck_block_rows(rows);
            const float *source = from + row * taps;
            if (rows == CK_BLOCK_ROWS && taps == 1)
                *(CK_NAME(looseEight) *)to = *(const CK_NAME(looseEight) *)source;
#if CK_LANES == 16
            else if (rows == CK_BLOCK_ROWS && taps <= 8)
                CK_NAME(turnFew)(source, taps, order, to);
            else if (rows == CK_BLOCK_ROWS && taps == 16)
                CK_NAME(turnSixteen)(source, taps, turn->places, to);
#endif
            else
                CK_NAME(turnBlock)(turn, source, rows, to);
        }
    }
}

static CK_TARGET void CK_NAME(untranspose)(const float *from, int64_t fromStride, int64_t rows, int64_t length, float *to,
                                           int64_t toStride, int accumulate) {
    int64_t i = 0;
    for (; i + 8 <= length; i += 8) {
        CK_NAME(eight) v[8];
        CK_UNROLL for (int k = 0; k < 8; k++) v[k] = *(const CK_NAME(looseEight) *)(from + (i + k) * fromStride);
        CK_NAME(transposeEight)(v);
        CK_UNROLL for (int r = 0; r < 8; r++) {
            if (r >= rows) break;
            CK_NAME(looseEight) *target = (CK_NAME(looseEight) *)(to + r * toStride + i);
            *target = accumulate ? *target + v[r] : v[r];
        }
    }
    for (; i < length; i++)
        for (int64_t r = 0; r < rows; r++) {
            float *target = to + r * toStride + i;
            *target = accumulate ? *target + from[i * fromStride + r] : from[i * fromStride + r];
        }
}

const ck_kernels CK_NAME(ck_kernels) = {
    CK_NAME(tile),      CK_NAME(outerTile), CK_NAME(gather),      CK_NAME(scatter),
    CK_NAME(transpose), CK_NAME(turn),      CK_NAME(untranspose),
};

#undef CK_INLINE
#undef CK_UNROLL
#undef CK_INSTANCE
#undef CK_SELECT
#undef CK_SELECT_ROWS
#undef CK_SELECT_ALL
#undef CK_NAME
#undef CK_TARGET
#undef CK_LANES
#undef CK_ROWS
#undef CK_VECTORS
