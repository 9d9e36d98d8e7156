#include <stdlib.h>

#include "ConvolutionPlan.h"

/// Sizes in floats that keep a tile's samples in the first cache, weights and sums in the second.
static const int64_t tileBudget = 6144, weightBudget = 49152, sumBudget = 65536, panelBudget = 1 << 19;
static const int64_t fullBlock = CK_BLOCK_ROWS * CK_TILE_WIDTH;

struct ck_product {
    const ck_kernels *kernels;
    ck_layout layout;
    ck_direction direction;
    int64_t items, groups, channels, rows, sourcePlane, resultPlane;
    int64_t weightCount, weightGroup, weightRow, weightChannel;
    /// Tiles along the line, packed together, per panel; jobs along (items x groups), tiles, rows.
    int64_t tiles, packTiles, panelTiles, unitJobs, tileJobs, rowJobs;
    int64_t rowLength, channelBlock, superBlocks;
    /// Per phase: taps, their offsets in a packed channel, how many taps the phases before it have.
    int64_t *phaseTaps, *phaseFirst;
    int32_t *offsets;
    /// Per weight of the kernel: its place when taps are sorted by phase.
    int32_t *places;
};

/// Cuts the line into tiles of 48; the rest into one or two tiles without much waste.
static int64_t tile_count(int64_t positions) {
    return ck_ceil_div(positions, CK_TILE_WIDTH);
}

static void tile_at(int64_t positions, int64_t index, int64_t *start, int64_t *width) {
    const int64_t whole = positions / CK_TILE_WIDTH, rest = positions % CK_TILE_WIDTH;
    *start = index * CK_TILE_WIDTH;
    *width = CK_TILE_WIDTH;
    if (rest > 0 && rest <= 16 && whole > 0 && index >= whole - 1) {
        *start = (whole - 1) * CK_TILE_WIDTH + (index - whole + 1) * 32;
        *width = 32;
    } else if (index == whole) {
        *width = ck_round_up(rest, 16);
    }
}

/// A pack of tiles; gathering may write up to 15 floats behind its last channel.
static int64_t pack_floats(const ck_product *p) { return p->channels * p->rowLength + 16; }

static void choose_blocks(ck_product *p, int threads) {
    const int64_t blocks = ck_ceil_div(p->rows, CK_BLOCK_ROWS), taps = p->layout.tapCount;
    p->tiles = tile_count(p->layout.positions);
    p->rowLength = ck_layout_row_length(&p->layout, p->packTiles * CK_TILE_WIDTH);

    const int64_t phaseTaps = ck_ceil_div(taps, p->layout.phaseCount);
    int64_t block = ck_max(1, ck_max(p->packTiles * tileBudget / p->rowLength, ck_ceil_div(256, phaseTaps)));
    p->channelBlock = ck_ceil_div(p->channels, ck_ceil_div(p->channels, ck_min(block + block / 2, p->channels)));

    const int64_t tileFloats = ck_ceil_div(pack_floats(p), p->packTiles);
    p->panelTiles = ck_max(ck_min(24, panelBudget / tileFloats), ck_min(16, 4 * panelBudget / tileFloats));
    p->panelTiles = ck_max(1, ck_min(p->panelTiles, p->tiles));

    /// Threads share the positions where there are enough of them, else items, groups or rows of the result. A job makes the
    /// programs of its tiles once for all its groups.
    const int64_t units = p->items * p->groups;
    int64_t panels = ck_ceil_div(p->tiles, p->panelTiles);
    p->unitJobs = p->rowJobs = 1;
    if (threads == 1) {
        panels = 1;
    } else if (p->groups > 1 && p->tiles >= 4 * threads) {
        panels = ck_min(p->tiles, ck_round_up(ck_max(panels, 2 * threads), threads));
    } else if (units >= 4 * threads) {
        p->unitJobs = ck_min(units, (p->groups > 1 ? 2 : 8) * threads);
        panels = 1;
    } else {
        p->unitJobs = units;
        if (units * p->tiles >= 8 * threads || blocks < 2 * threads)
            panels = ck_min(p->tiles, ck_ceil_div(ck_round_up(units * panels, threads), units));
        else if (units * panels % threads != 0)
            p->rowJobs = threads;
    }
    p->tileJobs = panels;
    const int64_t jobTiles = ck_ceil_div(p->tiles, p->tileJobs);
    p->panelTiles = ck_ceil_div(jobTiles, ck_ceil_div(jobTiles, p->panelTiles));

    const int64_t weightFloats = p->channelBlock * taps * CK_BLOCK_ROWS;
    const int64_t sumFloats = p->panelTiles * p->layout.phaseCount * fullBlock;
    p->superBlocks = ck_max(1, ck_min(weightBudget / weightFloats, sumBudget / sumFloats));
    p->superBlocks = ck_min(p->superBlocks, ck_ceil_div(blocks, p->rowJobs));
}

static bool index_taps(ck_product *p) {
    const int64_t taps = p->layout.tapCount, phases = p->layout.phaseCount;
    p->phaseTaps = calloc((size_t)phases, sizeof(int64_t));
    p->phaseFirst = calloc((size_t)phases, sizeof(int64_t));
    p->offsets = calloc((size_t)taps, sizeof(int32_t));
    p->places = calloc((size_t)taps, sizeof(int32_t));
    if (!p->phaseTaps || !p->phaseFirst || !p->offsets || !p->places) return false;
    for (int64_t k = 0; k < taps; k++) p->places[k] = (int32_t)p->phaseTaps[p->layout.taps[k].resultPhase]++;
    for (int64_t phase = 1; phase < phases; phase++)
        p->phaseFirst[phase] = p->phaseFirst[phase - 1] + p->phaseTaps[phase - 1];
    for (int64_t k = 0; k < taps; k++) {
        p->places[k] += (int32_t)p->phaseFirst[p->layout.taps[k].resultPhase];
        p->offsets[p->places[k]] = (int32_t)ck_layout_tap_offset(&p->layout, p->packTiles * CK_TILE_WIDTH, k);
    }
    return true;
}

ck_product *ck_product_create(const ck_convolution *c, ck_direction direction, int threads, ck_level level) {
    ck_product *p = calloc(1, sizeof(ck_product));
    if (!p) return 0;
    p->kernels = ck_kernels_for(level);
    p->direction = direction;
    p->items = c->items;
    p->groups = c->groups;
    const int64_t inputs = c->inputChannels / c->groups, outputs = c->outputChannels / c->groups;
    const int64_t kernel = c->kernelRows * c->kernelColumns;
    const int64_t inputPlane = c->inputRows * c->inputColumns, outputPlane = c->outputRows * c->outputColumns;
    const bool forward = direction == CK_FORWARD;
    p->channels = forward ? inputs : outputs;
    p->rows = forward ? outputs : inputs;
    p->sourcePlane = forward ? inputPlane : outputPlane;
    p->resultPlane = forward ? outputPlane : inputPlane;
    p->weightCount = c->outputChannels * inputs * kernel;
    p->weightGroup = outputs * inputs * kernel;
    p->weightRow = forward ? inputs * kernel : kernel;
    p->weightChannel = forward ? kernel : inputs * kernel;
    /// Two-dimensional kernels reach into neighbouring rows, so that tiles packed together share most of their samples.
    p->packTiles = c->kernelRows > 1 && c->kernelColumns > 1 ? 8 : 1;
    if (!ck_layout_create(&p->layout, c, direction, p->packTiles * CK_TILE_WIDTH, 16) || !index_taps(p)) {
        ck_product_free(p);
        return 0;
    }
    p->items /= p->layout.source.items;
    choose_blocks(p, threads);
    return p;
}

void ck_product_free(ck_product *p) {
    if (!p) return;
    ck_layout_free(&p->layout);
    free(p->phaseTaps);
    free(p->phaseFirst);
    free(p->offsets);
    free(p->places);
    free(p);
}

int64_t ck_product_jobs(const ck_product *p) { return p->unitJobs * p->tileJobs * p->rowJobs; }

/// A job's memory: packed samples, packed weights, sums, and the programs that gather and scatter each tile of a panel.
typedef struct {
    float *packed, *weights, *sums;
    ck_gather *gathers;
    ck_scatter *windows;
    ck_scatter_part *parts;
    int64_t *gatherCounts, *windowCounts;
    int64_t floats;
} workspace;

static workspace lay_out(const ck_product *p, float *scratch) {
    const int64_t results = CK_TILE_WIDTH * p->layout.phaseCount;
    workspace w;
    int64_t at = 0;
#define CK_CARVE(FIELD, TYPE, COUNT)                                                                                          \
    w.FIELD = scratch ? (TYPE *)(scratch + at) : 0;                                                                           \
    at += ck_round_up((int64_t)(((COUNT) * (int64_t)sizeof(TYPE) + 3) / 4), 16);
    const int64_t packs = ck_ceil_div(p->panelTiles, p->packTiles);
    CK_CARVE(packed, float, packs * pack_floats(p))
    CK_CARVE(weights, float, p->superBlocks * p->channelBlock * p->layout.tapCount * CK_BLOCK_ROWS)
    CK_CARVE(sums, float, p->superBlocks * p->panelTiles * p->layout.phaseCount * fullBlock + 16)
    CK_CARVE(gathers, ck_gather, packs * p->rowLength)
    CK_CARVE(windows, ck_scatter, p->panelTiles * results)
    CK_CARVE(parts, ck_scatter_part, p->panelTiles * results)
    CK_CARVE(gatherCounts, int64_t, packs)
    CK_CARVE(windowCounts, int64_t, p->panelTiles)
#undef CK_CARVE
    w.floats = at;
    return w;
}

int64_t ck_product_scratch(const ck_product *p) { return lay_out(p, 0).floats; }

/// Weights of some rows and channels, `[block of rows][channel][phase][tap][row]`.
static void pack_weights(const ck_product *p, const float *weights, int64_t group, int64_t row, int64_t rows, int64_t channel,
                         int64_t channels, const workspace *w) {
    const int64_t taps = p->layout.tapCount, blockStride = p->channelBlock * taps * CK_BLOCK_ROWS;
    const float *from = weights + group * p->weightGroup + row * p->weightRow + channel * p->weightChannel;
    if (p->direction == CK_FORWARD) {
        for (int64_t r = 0; r < rows; r += CK_BLOCK_ROWS) {
            const int64_t valid = ck_min(CK_BLOCK_ROWS, rows - r), blockRows = ck_block_rows(valid);
            p->kernels->transpose(from + r * p->weightRow, p->weightRow, valid, channels * taps,
                                  w->weights + r / CK_BLOCK_ROWS * blockStride, blockRows, blockRows);
        }
        return;
    }
    const ck_turn turn = {from, weights + p->weightCount, p->weightChannel, rows, channels, taps, p->places, w->weights,
                          blockStride};
    p->kernels->turn(&turn);
}

/// Weights that will be packed next, fetched into the second cache a few lines at a time while others are used.
typedef struct {
    const float *at;
    int64_t stride, length, segments, position;
} fetcher;

static fetcher fetch_weights(const ck_product *p, const float *weights, int64_t group, int64_t row, int64_t rows,
                             int64_t channel, int64_t channels) {
    const float *from = weights + group * p->weightGroup + row * p->weightRow + channel * p->weightChannel;
    const bool forward = p->direction == CK_FORWARD;
    return (fetcher){from, forward ? p->weightRow : p->weightChannel, (forward ? channels : rows) * p->layout.tapCount,
                     forward ? rows : channels, 0};
}

static int64_t fetch_lines(const fetcher *f) { return f->segments * (f->length / 16 + 1); }

static void fetch(fetcher *f, int64_t lines) {
    for (; lines > 0 && f->segments > 0; lines--) {
        __builtin_prefetch(f->at + f->position, 0, 2);
        f->position += 16;
        if (f->position < f->length + 16) continue;
        f->position = 0;
        f->at += f->stride;
        f->segments--;
    }
}

/// Whether a tile's results are neighbours in the result too, and where they begin.
static bool is_direct(const ck_product *p, int64_t start, int64_t width, int64_t *offset) {
    const ck_grid *grid = &p->layout.result;
    const int64_t item = start / grid->itemPitch, inside = start - item * grid->itemPitch;
    *offset = item * grid->itemStride + inside;
    if (p->layout.contiguous) return inside + width <= grid->planeRows * grid->planeColumns;
    if (p->layout.phaseCount > 1 || grid->firstRow != 0 || grid->firstColumn != 0) return false;
    const int64_t row = inside / grid->pitch, column = inside % grid->pitch;
    *offset = item * grid->itemStride + row * grid->planeColumns + column;
    return row < grid->planeRows && column + width <= grid->planeColumns;
}

/// Multiplies the packed tiles of a panel with a few blocks of rows and writes the results. `nextRows` rows follow in the next
/// call; their weights are fetched into the cache.
static void multiply(const ck_product *p, const workspace *w, const float *weights, const float *bias, int64_t group,
                     int64_t firstTile, int64_t tiles, int64_t firstRow, int64_t rows, int64_t nextRows, float *result) {
    const int64_t nextRow = nextRows > 0 ? firstRow + rows : firstRow;
    const int64_t phases = p->layout.phaseCount, taps = p->layout.tapCount;
    const int64_t blocks = ck_ceil_div(rows, CK_BLOCK_ROWS);
    const int64_t weightBlock = p->channelBlock * taps * CK_BLOCK_ROWS;
    float padded[CK_BLOCK_ROWS];
    for (int64_t channel = 0; channel < p->channels; channel += p->channelBlock) {
        const int64_t channels = ck_min(p->channelBlock, p->channels - channel);
        const bool first = channel == 0, last = channel + channels == p->channels;
        pack_weights(p, weights, group, firstRow, rows, channel, channels, w);
        fetcher next = last ? fetch_weights(p, weights, group, nextRow, nextRows, 0, ck_min(p->channelBlock, p->channels))
                            : fetch_weights(p, weights, group, firstRow, rows, channel + channels,
                                            ck_min(p->channelBlock, p->channels - channel - channels));
        const int64_t lines = ck_ceil_div(fetch_lines(&next), tiles * blocks * phases);
        for (int64_t t = 0; t < tiles; t++) {
            int64_t start, width, packStart, packWidth, offset;
            tile_at(p->layout.positions, firstTile + t, &start, &width);
            tile_at(p->layout.positions, firstTile + t / p->packTiles * p->packTiles, &packStart, &packWidth);
            const float *packed =
                w->packed + t / p->packTiles * pack_floats(p) + channel * p->rowLength + start - packStart;
            const bool direct = is_direct(p, start, width, &offset) && last;
            for (int64_t b = 0; b < blocks; b++) {
                const int64_t row = firstRow + b * CK_BLOCK_ROWS, valid = ck_min(CK_BLOCK_ROWS, rows - b * CK_BLOCK_ROWS);
                ck_tile tile = {.rows = ck_block_rows(valid), .width = width, .channels = channels,
                                .rowLength = p->rowLength, .packed = packed,
                                .inStride = CK_TILE_WIDTH, .outStride = CK_TILE_WIDTH};
                tile.weightStride = taps * tile.rows;
                if (bias && first) {
                    for (int64_t r = 0; r < tile.rows; r++)
                        padded[r] = r < valid ? bias[group * p->rows + row + r] : 0;
                    tile.bias = padded;
                }
                for (int64_t phase = 0; phase < phases; phase++) {
                    float *sums = w->sums + ((b * tiles + t) * phases + phase) * fullBlock;
                    tile.taps = p->phaseTaps[phase];
                    tile.offsets = p->offsets + p->phaseFirst[phase];
                    tile.weights = w->weights + b * weightBlock + p->phaseFirst[phase] * tile.rows;
                    tile.in = first ? 0 : sums;
                    tile.out = sums;
                    if (direct && tile.rows == valid) {
                        tile.out = result + row * p->resultPlane + offset;
                        tile.outStride = p->resultPlane;
                    }
                    fetch(&next, lines);
                    p->kernels->tile(&tile);
                }
                if (!last || (direct && tile.rows == valid)) continue;
                for (int64_t r = 0; r < valid; r++)
                    p->kernels->scatter(w->windows + t * CK_TILE_WIDTH * phases, w->windowCounts[t],
                                        w->parts + t * CK_TILE_WIDTH * phases,
                                        w->sums + (b * tiles + t) * phases * fullBlock + r * CK_TILE_WIDTH,
                                        result + (row + r) * p->resultPlane);
            }
        }
    }
}

void ck_product_run(const ck_product *p, int64_t job, const float *source, const float *weights, const float *bias,
                    float *result, float *scratch) {
    const workspace w = lay_out(p, scratch);
    const int64_t rowJob = job % p->rowJobs, tileJob = job / p->rowJobs % p->tileJobs;
    const int64_t unitJob = job / p->rowJobs / p->tileJobs;
    const int64_t units = p->items * p->groups, blocks = ck_ceil_div(p->rows, CK_BLOCK_ROWS);
    const int64_t unitBegin = units * unitJob / p->unitJobs, unitEnd = units * (unitJob + 1) / p->unitJobs;
    const int64_t tileBegin = p->tiles * tileJob / p->tileJobs, tileEnd = p->tiles * (tileJob + 1) / p->tileJobs;
    const int64_t rowBegin = blocks * rowJob / p->rowJobs * CK_BLOCK_ROWS;
    const int64_t rowEnd = ck_min(p->rows, blocks * (rowJob + 1) / p->rowJobs * CK_BLOCK_ROWS);
    const int64_t results = CK_TILE_WIDTH * p->layout.phaseCount;

    for (int64_t firstTile = tileBegin; firstTile < tileEnd; firstTile += p->panelTiles) {
        const int64_t tiles = ck_min(p->panelTiles, tileEnd - firstTile);
        for (int64_t t = 0; t < tiles; t++) {
            int64_t start, width;
            tile_at(p->layout.positions, firstTile + t, &start, &width);
            if (t % p->packTiles == 0) {
                const int64_t pack = t / p->packTiles, packWidth = p->packTiles * CK_TILE_WIDTH;
                w.gatherCounts[pack] = ck_gather_build(&p->layout, start, packWidth, w.gathers + pack * p->rowLength);
            }
            w.windowCounts[t] = ck_scatter_build(&p->layout, start, width, fullBlock, w.windows + t * results,
                                                 w.parts + t * results);
        }
        for (int64_t unit = unitBegin; unit < unitEnd; unit++) {
            const int64_t group = unit % p->groups;
            const float *planes = source + unit * p->channels * p->sourcePlane;
            for (int64_t c = 0; c < p->channels; c++)
                for (int64_t pack = 0; pack < ck_ceil_div(tiles, p->packTiles); pack++)
                    p->kernels->gather(w.gathers + pack * p->rowLength, w.gatherCounts[pack], planes + c * p->sourcePlane,
                                       2 * p->sourcePlane, w.packed + pack * pack_floats(p) + c * p->rowLength);
            const int64_t superRows = p->superBlocks * CK_BLOCK_ROWS;
            for (int64_t row = rowBegin; row < rowEnd; row += superRows)
                multiply(p, &w, weights, bias, group, firstTile, tiles, row, ck_min(superRows, rowEnd - row),
                         ck_max(0, ck_min(superRows, rowEnd - row - superRows)), result + unit * p->rows * p->resultPlane);
        }
    }
}
