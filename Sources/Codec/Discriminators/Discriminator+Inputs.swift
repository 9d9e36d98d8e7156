extension Discriminator {
    /// What the first layer of every branch gets of audio `[B, 1, T]`: `[sub-discriminator][branch]`, waveforms `[B, 1, T']` or images
    /// `[B, C, H, W]`.
    public func branchInputs(of audio: Tensor) -> [[Tensor]] {
        let prepared = description.preprocessing.applied(to: audio)
        return description.subDiscriminators.map { part in
            let image = part.input.image(of: prepared)
            return part.branches.map { branch in
                guard let band = branch.band else { return image }
                return part.input.band(band, of: image)
            }
        }
    }
}
