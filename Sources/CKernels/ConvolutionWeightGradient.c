#include <stdlib.h>

#include "ConvolutionPlan.h"

/// Positions per panel, sums of one job and packed data of one round, in floats.
static const int64_t panelWidth = 384, sumBudget = 16384, roundBudget = 6 << 20;
static const int64_t fullLanes = 48;

/// Row (channel, tap) and lane (result channel) of the gradient; see `ck_outer_tile`.
struct ck_weight_gradient {
    const ck_kernels *kernels;
    ck_layout layout;
    /// Few result channels: lanes are the input channels instead, and input and gradient change places.
    bool swapped;
    int64_t items, groups, channels, rows, inputPlane, outputPlane;
    int64_t positions, width, panelsPerItem, panels, panelsPerRound;
    int64_t rowLength, lanesPerGroup, laneBlocks, channelBlock, channelBlocks;
    int64_t packParts;
    int64_t *tapOffsets;
};

/// Lanes `start` to `start + lanes - 1` of block `index`.
static void lanes_at(int64_t rows, int64_t index, int64_t *start, int64_t *lanes) {
    const int64_t whole = rows / fullLanes, rest = rows % fullLanes;
    *start = index * fullLanes;
    *lanes = fullLanes;
    if (rest > 0 && rest <= 16 && whole > 0 && index >= whole - 1) {
        *start = (whole - 1) * fullLanes + (index - whole + 1) * 32;
        *lanes = 32;
    } else if (index == whole) {
        *lanes = ck_round_up(rest, 16);
    }
}

/// The convolution whose weight gradient is the same sums with input and output exchanged; only for stride 1.
static ck_convolution exchanged(const ck_convolution *c) {
    ck_convolution e = *c;
    e.inputChannels = c->outputChannels;
    e.outputChannels = c->inputChannels;
    e.inputRows = c->outputRows;
    e.inputColumns = c->outputColumns;
    e.outputRows = c->inputRows;
    e.outputColumns = c->inputColumns;
    e.rowPadding = (c->kernelRows - 1) * c->rowDilation - c->rowPadding;
    e.columnPadding = (c->kernelColumns - 1) * c->columnDilation - c->columnPadding;
    return e;
}

/// A packed channel with room for the 15 floats that gathering may write too many.
static int64_t row_stride(const ck_weight_gradient *g) { return g->rowLength + 16; }

static int64_t panel_floats(const ck_weight_gradient *g) {
    return g->groups * (g->channels * row_stride(g) + g->lanesPerGroup * g->width);
}

ck_weight_gradient *ck_weight_gradient_create(const ck_convolution *convolution, int threads, ck_level level) {
    ck_weight_gradient *g = calloc(1, sizeof(ck_weight_gradient));
    if (!g) return 0;
    ck_convolution c = *convolution;
    g->swapped = c.outputChannels / c.groups < 16 && c.outputChannels < c.inputChannels && c.rowStride == 1 &&
                 c.columnStride == 1;
    if (g->swapped) c = exchanged(&c);
    g->kernels = ck_kernels_for(level);
    g->items = c.items;
    g->groups = c.groups;
    g->channels = c.inputChannels / c.groups;
    g->rows = c.outputChannels / c.groups;
    g->inputPlane = c.inputRows * c.inputColumns;
    g->outputPlane = c.outputRows * c.outputColumns;
    g->tapOffsets = calloc((size_t)(c.kernelRows * c.kernelColumns), sizeof(int64_t));
    if (!ck_layout_create(&g->layout, &c, CK_FORWARD, panelWidth, 8) || !g->tapOffsets) {
        ck_weight_gradient_free(g);
        return 0;
    }
    const int64_t taps = g->layout.tapCount;
    g->items /= g->layout.source.items;
    g->positions = g->layout.positions;
    g->panelsPerItem = ck_ceil_div(g->positions, panelWidth);
    g->width = ck_ceil_div(g->positions, g->panelsPerItem);
    g->panels = g->panelsPerItem * g->items;
    g->rowLength = ck_layout_row_length(&g->layout, g->width);
    for (int64_t k = 0; k < taps; k++) g->tapOffsets[k] = ck_layout_tap_offset(&g->layout, g->width, k);

    g->laneBlocks = ck_ceil_div(g->rows, fullLanes);
    for (int64_t b = 0; b < g->laneBlocks; b++) {
        int64_t start, lanes;
        lanes_at(g->rows, b, &start, &lanes);
        g->lanesPerGroup += lanes;
    }
    g->panelsPerRound = ck_min(g->panels, ck_max(1, roundBudget / panel_floats(g)));
    const int64_t rounds = ck_ceil_div(g->panels, g->panelsPerRound);
    g->panelsPerRound = ck_ceil_div(g->panels, rounds);

    int64_t block = ck_max(1, sumBudget / fullLanes / taps);
    block = block >= 8 ? block / 8 * 8 : block;
    g->channelBlocks = ck_ceil_div(g->channels, block);
    const int64_t jobs = g->groups * g->laneBlocks;
    if (threads > 1 && jobs * g->channelBlocks < 4 * threads)
        g->channelBlocks = ck_min(g->channels, ck_max(g->channelBlocks, ck_ceil_div(2 * threads, jobs)));
    g->channelBlock = ck_ceil_div(g->channels, g->channelBlocks);
    g->channelBlocks = ck_ceil_div(g->channels, g->channelBlock);
    g->packParts = threads > 1 && g->panelsPerRound < 4 * threads ? 2 * threads : 1;
    return g;
}

void ck_weight_gradient_free(ck_weight_gradient *g) {
    if (!g) return;
    ck_layout_free(&g->layout);
    free(g->tapOffsets);
    free(g);
}

int64_t ck_weight_gradient_rounds(const ck_weight_gradient *g) { return ck_ceil_div(g->panels, g->panelsPerRound); }

int64_t ck_weight_gradient_jobs(const ck_weight_gradient *g, int pass) {
    return pass == 0 ? g->panelsPerRound * g->packParts : g->groups * g->laneBlocks * g->channelBlocks;
}

int64_t ck_weight_gradient_shared(const ck_weight_gradient *g) { return g->panelsPerRound * panel_floats(g); }

static int64_t program_floats(const ck_weight_gradient *g) {
    return ck_round_up(ck_max(g->rowLength, g->width) * (int64_t)sizeof(ck_gather) / 4 + 16, 16);
}

int64_t ck_weight_gradient_scratch(const ck_weight_gradient *g) {
    const int64_t rows = g->channelBlock * g->layout.tapCount;
    return ck_max(program_floats(g) + CK_BLOCK_ROWS * (g->width + 16), ck_round_up(2 * rows, 16) + rows * fullLanes + 16);
}

/// Packs a part of one panel: shifted inputs as rows, gradients turned so that output channels are neighbours.
static void pack(const ck_weight_gradient *g, int64_t panel, int64_t part, const float *input, const float *gradient,
                 float *to, float *scratch) {
    const int64_t item = panel / g->panelsPerItem, start = panel % g->panelsPerItem * g->width;
    ck_gather *steps = (ck_gather *)scratch;
    float *rows = scratch + program_floats(g);
    const int64_t inputs = g->groups * g->channels, outputs = g->groups * g->rows, rowStride = g->width + 16;

    int64_t count = ck_gather_build(&g->layout, start, g->width, steps);
    for (int64_t c = inputs * part / g->packParts; c < inputs * (part + 1) / g->packParts; c++)
        g->kernels->gather(steps, count, input + (item * inputs + c) * g->inputPlane, 2 * g->inputPlane,
                           to + c * row_stride(g));

    to += inputs * row_stride(g);
    count = ck_gather_build_result(&g->layout, start, g->width, steps);
    const int64_t chunks = g->groups * g->lanesPerGroup / CK_BLOCK_ROWS;
    for (int64_t chunk = chunks * part / g->packParts; chunk < chunks * (part + 1) / g->packParts; chunk++) {
        const int64_t group = chunk * CK_BLOCK_ROWS / g->lanesPerGroup, row = chunk * CK_BLOCK_ROWS % g->lanesPerGroup;
        int64_t block = -1, first, lanes;
        do lanes_at(g->rows, ++block, &first, &lanes);
        while (row >= first + lanes);
        const int64_t valid = ck_max(0, ck_min(CK_BLOCK_ROWS, g->rows - row));
        for (int64_t r = 0; r < valid; r++)
            g->kernels->gather(steps, count, gradient + (item * outputs + group * g->rows + row + r) * g->outputPlane,
                               2 * g->outputPlane, rows + r * rowStride);
        float *turned = to + (group * g->lanesPerGroup + first) * g->width + row - first;
        g->kernels->transpose(rows, rowStride, valid, g->width, turned, lanes, CK_BLOCK_ROWS);
    }
}

/// Sums over the panels of a round for some input channels and a block of lanes, and writes or adds them to the result.
static void multiply(const ck_weight_gradient *g, int64_t round, int64_t job, float *result, const float *shared,
                     float *scratch) {
    const int64_t channelJob = job % g->channelBlocks, laneBlock = job / g->channelBlocks % g->laneBlocks;
    const int64_t group = job / g->channelBlocks / g->laneBlocks, taps = g->layout.tapCount;
    const int64_t channel = channelJob * g->channelBlock, channels = ck_min(g->channelBlock, g->channels - channel);
    const int64_t rows = channels * taps;
    int64_t firstLane, lanes;
    lanes_at(g->rows, laneBlock, &firstLane, &lanes);

    int64_t *offsets = (int64_t *)scratch;
    float *sums = scratch + ck_round_up(2 * g->channelBlock * taps, 16);
    for (int64_t row = 0; row < rows; row++)
        offsets[row] = (group * g->channels + channel + row / taps) * row_stride(g) + g->tapOffsets[row % taps];

    const int64_t panels = ck_min(g->panelsPerRound, g->panels - round * g->panelsPerRound);
    for (int64_t panel = 0; panel < panels; panel++) {
        const int64_t start = (round * g->panelsPerRound + panel) % g->panelsPerItem * g->width;
        const float *packed = shared + panel * panel_floats(g);
        ck_outer_tile tile = {.lanes = lanes, .steps = ck_min(g->width, g->positions - start), .rows = packed,
                              .accumulate = panel > 0};
        tile.columns = packed + g->groups * g->channels * row_stride(g) +
                       (group * g->lanesPerGroup + firstLane) * g->width;
        for (int64_t row = 0; row < rows; row += tile.rowCount) {
            const int64_t rest = rows - row;
            tile.rowCount = rest >= 8 ? 8 : rest >= 4 ? 4 : rest >= 2 ? 2 : 1;
            tile.rowOffsets = offsets + row;
            tile.nextOffsets = offsets + (rest >= 16 ? row + 8 : row);
            tile.sums = sums + row * lanes;
            g->kernels->outerTile(&tile);
        }
    }

    const int64_t validLanes = ck_min(lanes, g->rows - firstLane);
    float *target = result + group * g->rows * g->channels * taps;
    if (!g->swapped) {
        target += firstLane * g->channels * taps + channel * taps;
        for (int64_t lane = 0; lane < validLanes; lane += 8)
            g->kernels->untranspose(sums + lane, lanes, ck_min(8, validLanes - lane), rows,
                                    target + lane * g->channels * taps, g->channels * taps, round > 0);
        return;
    }
    for (int64_t row = 0; row < rows; row++) {
        const int64_t output = channel + row / taps, tap = taps - 1 - row % taps;
        for (int64_t lane = 0; lane < validLanes; lane++) {
            float *place = target + (output * g->rows + firstLane + lane) * taps + tap;
            *place = round > 0 ? *place + sums[row * lanes + lane] : sums[row * lanes + lane];
        }
    }
}

void ck_weight_gradient_run(const ck_weight_gradient *g, int64_t round, int pass, int64_t job, const float *input,
                            const float *outputGradient, float *result, float *shared, float *scratch) {
    if (pass == 1) {
        multiply(g, round, job, result, shared, scratch);
        return;
    }
    const int64_t panel = job / g->packParts, index = round * g->panelsPerRound + panel;
    if (index >= g->panels) return;
    const float *from = g->swapped ? outputGradient : input, *with = g->swapped ? input : outputGradient;
    pack(g, index, job % g->packParts, from, with, shared + panel * panel_floats(g), scratch);
}
