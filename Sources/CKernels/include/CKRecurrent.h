/// Inner loops of a layer of LSTM cells (Hochreiter and Schmidhuber 1997), gates in the order i, f, g, o.
/// Gates and their gradients of one item lie `stride` floats apart; `n` units are handled.
#ifndef CK_RECURRENT_H
#define CK_RECURRENT_H
#include <stddef.h>

/// `gates` holds the sums of input, recurrence and biases and is replaced by the activated gates.
/// c = f·c_before + i·g; h = o·tanh c.
void ck_lstm_step(float *gates, size_t stride, const float *c_before, float *c, float *h, size_t n);

/// `gates` are the activated ones; gradients of h and c come in; the gradient of the sums goes to `gate_gradient`,
/// that of c_before replaces `c_gradient`.
void ck_lstm_step_gradient(
    const float *gates, size_t stride, const float *c_before, const float *c, const float *h_gradient,
    float *c_gradient, float *gate_gradient, size_t n);

/// y += W·x for each of `items` vectors: W is rows × n; vectors lie `x_stride` and `y_stride` floats apart.
/// W is read once.
void ck_matrix_times_vectors(
    const float *w, size_t rows, size_t n, const float *x, size_t x_stride, float *y, size_t y_stride, size_t items);

/// y += Wᵀ·d for each of `items` vectors: the first n columns of W, whose rows lie w_stride floats apart.
void ck_transposed_matrix_times_vectors(
    const float *w, size_t rows, size_t w_stride, size_t n, const float *d, size_t d_stride, float *y, size_t y_stride,
    size_t items);

#endif
