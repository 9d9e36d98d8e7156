/// Which row of a codebook is nearest.
enum EuclideanSearch {
    /// The first nearest row of `table` `[K, D]` for each of `vectors` `[N, D]`, by Euclidean distance.
    static func nearestRows(to vectors: Tensor, in table: Tensor) -> [Int] {
        precondition(
            vectors.rank == 2 && table.rank == 2 && vectors.shape[1] == table.shape[1] && table.shape[0] > 0,
            "nearest rows need [N, D] and [K, D], but got \(vectors.shape) and \(table.shape)"
        )
        return NearestRowKernel.search(vectors.storage, in: table.storage, width: table.shape[1])
    }
}
