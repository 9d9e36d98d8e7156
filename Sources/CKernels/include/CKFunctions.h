/// Functions of one variable over contiguous arrays of n floats, and gradients: out = gradient · f'(x), given x or y = f(x)
/// as the parameter's name says. Outputs may be one of the inputs. At kinks the gradients are PyTorch's.
#ifndef CK_FUNCTIONS_H
#define CK_FUNCTIONS_H
#include <stddef.h>

void ck_negate(const float *x, float *out, size_t n);
void ck_square(const float *x, float *out, size_t n);
void ck_square_gradient(const float *x, const float *gradient, float *out, size_t n);
void ck_square_root(const float *x, float *out, size_t n);
void ck_square_root_gradient(const float *y, const float *gradient, float *out, size_t n);
void ck_absolute(const float *x, float *out, size_t n);
void ck_absolute_gradient(const float *x, const float *gradient, float *out, size_t n);
void ck_exponential(const float *x, float *out, size_t n);
void ck_logarithm(const float *x, float *out, size_t n);
void ck_logarithm10(const float *x, float *out, size_t n);
void ck_logarithm10_gradient(const float *x, const float *gradient, float *out, size_t n);
void ck_power(const float *x, float exponent, float *out, size_t n);
void ck_power_gradient(const float *x, float exponent, const float *gradient, float *out, size_t n);
void ck_sine(const float *x, float *out, size_t n);
void ck_sine_gradient(const float *x, const float *gradient, float *out, size_t n);
void ck_cosine(const float *x, float *out, size_t n);
void ck_cosine_gradient(const float *x, const float *gradient, float *out, size_t n);
/// The larger of x and c; half of the gradient where they are equal.
void ck_maximum(const float *x, float c, float *out, size_t n);
void ck_maximum_gradient(const float *x, float c, const float *gradient, float *out, size_t n);
/// min(max(x, low), high); the whole gradient at the bounds.
void ck_clamp(const float *x, float low, float high, float *out, size_t n);
void ck_clamp_gradient(const float *x, float low, float high, const float *gradient, float *out, size_t n);

void ck_tanh(const float *x, float *out, size_t n);
void ck_tanh_gradient(const float *y, const float *gradient, float *out, size_t n);
void ck_sigmoid(const float *x, float *out, size_t n);
void ck_sigmoid_gradient(const float *y, const float *gradient, float *out, size_t n);
/// x where x > 0, 0 elsewhere, NaN where NaN.
void ck_relu(const float *x, float *out, size_t n);
void ck_relu_gradient(const float *x, const float *gradient, float *out, size_t n);
/// x where x > 0, slope · x elsewhere.
void ck_leaky_relu(const float *x, float slope, float *out, size_t n);
void ck_leaky_relu_gradient(const float *x, float slope, const float *gradient, float *out, size_t n);
/// x where x > 0, alpha · (exp x - 1) elsewhere.
void ck_elu(const float *x, float alpha, float *out, size_t n);
void ck_elu_gradient(const float *x, float alpha, const float *gradient, float *out, size_t n);

#endif
