/// Convolutions over float32 as sums of shifted products; see ConvolutionPlan.c for how all of them become one.
#ifndef CK_CONVOLUTION_H
#define CK_CONVOLUTION_H
#include <stddef.h>
#include <stdint.h>

/// A convolution over `[items, inputChannels, inputRows, inputColumns]`. One-dimensional ones have time as rows and one column.
/// Output row `i` reads input rows `i * rowStride + k * rowDilation - rowPadding`, zero outside; columns likewise.
/// Weights are `[outputChannels, inputChannels / groups, kernelRows, kernelColumns]`.
typedef struct {
    int64_t items, groups;
    int64_t inputChannels, outputChannels;
    int64_t inputRows, inputColumns, outputRows, outputColumns;
    int64_t kernelRows, kernelColumns;
    int64_t rowStride, columnStride, rowDilation, columnDilation;
    int64_t rowPadding, columnPadding;
} ck_convolution;

/// Instruction sets the kernels exist for. The portable one runs anywhere.
typedef enum { CK_PORTABLE = 0, CK_AVX2 = 1, CK_AVX512 = 2 } ck_level;

/// The best level this processor has.
ck_level ck_level_supported(void);

typedef enum { CK_FORWARD = 0, CK_BACKWARD_DATA = 1 } ck_direction;

/// A convolution cut into independent jobs. Results do not depend on how many threads it was made for.
typedef struct ck_product ck_product;

/// Plans `y = conv(x, w) + bias` or, with `CK_BACKWARD_DATA`, the gradient with respect to `x` of a given gradient of `y`
/// (which is a transposed convolution). Null when memory is exhausted.
ck_product *ck_product_create(const ck_convolution *convolution, ck_direction direction, int threads, ck_level level);
void ck_product_free(ck_product *product);
int64_t ck_product_jobs(const ck_product *product);
/// Floats of scratch that one running job needs.
int64_t ck_product_scratch(const ck_product *product);
/// Runs one job. `source` is x (or the gradient of y), `result` is y (or the gradient of x); `bias` may be null. All results
/// are overwritten; jobs write disjoint parts. `scratch` is 64-byte aligned.
void ck_product_run(const ck_product *product, int64_t job, const float *source, const float *weights, const float *bias,
                    float *result, float *scratch);

/// The gradient with respect to the weights: rounds of two passes, each of independent jobs, with a barrier between passes.
typedef struct ck_weight_gradient ck_weight_gradient;

ck_weight_gradient *ck_weight_gradient_create(const ck_convolution *convolution, int threads, ck_level level);
void ck_weight_gradient_free(ck_weight_gradient *gradient);
int64_t ck_weight_gradient_rounds(const ck_weight_gradient *gradient);
/// Jobs of the packing pass (0) or the multiplying pass (1) of every round.
int64_t ck_weight_gradient_jobs(const ck_weight_gradient *gradient, int pass);
/// Floats of memory shared by all jobs, and of scratch that one running job needs.
int64_t ck_weight_gradient_shared(const ck_weight_gradient *gradient);
int64_t ck_weight_gradient_scratch(const ck_weight_gradient *gradient);
/// Runs one job. `input` is x, `outputGradient` the gradient of y, `result` the gradient of the weights, overwritten.
void ck_weight_gradient_run(const ck_weight_gradient *gradient, int64_t round, int pass, int64_t job, const float *input,
                            const float *outputGradient, float *result, float *shared, float *scratch);

/// `sums[c]` = the sum of `values[item][c][·]` over items and plane, for channels `begin` to `end - 1`: a bias's gradient.
void ck_channel_sums(const float *values, int64_t items, int64_t channels, int64_t plane, int64_t begin, int64_t end,
                     float *sums);

#endif
