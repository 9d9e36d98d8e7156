public import Codec

/// Places in a run where an experiment may change one thing. Without any, a run is the plain recipe.
public struct TrainingInterventions {
    /// Changes a training batch `[B, 1, T]`, given the step counted from 0: what is coded and what it is compared with.
    public var batch: ((Tensor, Int) -> (input: Tensor, target: Tensor))?
    /// Changes what the codec decoded in training, `[B, 1, T]`, before any loss.
    public var decoded: ((Tensor) -> Tensor)?
    /// Changes what D is trained with: real and decoded audio.
    public var discriminatorInputs: ((_ real: Tensor, _ decoded: Tensor) -> (real: Tensor, decoded: Tensor))?
    /// Whether D's optimiser is stepped; given the step counted from 0.
    public var stepsDiscriminator: ((Int) -> Bool)?
    /// Whether gradients of D are forgotten before its backward pass.
    public var clearsDiscriminatorGradients = true
    /// Which of D's parameters its optimiser owns, by state-dict name.
    public var discriminatorOwns: ((String) -> Bool)?
    /// Changes the networks once, before the first step.
    public var networks: ((_ generator: any TrainableCodec, _ discriminator: Discriminator?) -> Void)?
    /// Whether a run that continues from a state gives D its weights and moments back.
    public var restoresDiscriminator = true
    /// Changes what the codec decoded in validation, `[1, 1, T]`.
    public var validationDecoded: ((Tensor) -> Tensor)?
    /// Whether validation leaves the networks in training mode.
    public var validatesInTrainingMode = false
    /// Whether what D is trained with is cut off from G. Without it D's loss leaves its gradient in G's parameters, where G's own is added.
    public var detachesDecoded = true
    /// Changes what G minimises, a scalar, before its backward pass; given the step counted from 0.
    public var generatorLoss: ((Tensor, Int) -> Tensor)?

    /// None.
    public init() {}
}
