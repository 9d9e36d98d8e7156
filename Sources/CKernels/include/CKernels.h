/// Plain C loops that Swift's optimiser cannot vectorise well enough. Every function is pure, takes its sizes in elements,
/// reads and writes only inside them, and lets NaN and infinity through.
#ifndef CKERNELS_H
#define CKERNELS_H
#include <stddef.h>
#include <stdint.h>
#include "CKNearestCode.h"
#include "CKFunctions.h"
#include "CKLayout.h"
#include "CKLosses.h"
#include "CKNormalization.h"
#include "CKOptimizer.h"
#include "CKConvolution.h"
#include "CKPointwise.h"
#include "CKPooling.h"
#include "CKRecurrent.h"
#include "CKReduction.h"
#include "CKRowTransform.h"
#include "CKSnake.h"
#include "CKSpectral.h"
#include "CKTarget.h"

#endif
