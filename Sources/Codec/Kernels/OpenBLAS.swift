import COpenBLAS

/// OpenBLAS as the codec uses it: one thread inside, because operations spread their own work with ``WorkerPool``.
enum OpenBLAS {
    /// Sets OpenBLAS to one thread, once. Touch it before the first call into the library.
    static let oneThread: Void = openblas_set_num_threads(1)
}
