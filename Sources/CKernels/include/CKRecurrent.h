/// One step of an LSTM cell (Hochreiter and Schmidhuber 1997) for one item with `hidden` units, gates in the order i, f, g, o.
#ifndef CK_RECURRENT_H
#define CK_RECURRENT_H
#include <stddef.h>

/// `gates` (4·hidden) holds the sums of input, recurrence and biases and is replaced by the activated gates.
/// c = f·c_before + i·g; h = o·tanh c.
void ck_lstm_step(float *gates, const float *c_before, float *c, float *h, size_t hidden);

/// `gates` are the activated ones; gradients of h and c come in; the gradient of the sums goes to `gate_gradient`,
/// that of c_before replaces `c_gradient`.
void ck_lstm_step_gradient(
    const float *gates, const float *c_before, const float *c, const float *h_gradient, float *c_gradient,
    float *gate_gradient, size_t hidden);

#endif
