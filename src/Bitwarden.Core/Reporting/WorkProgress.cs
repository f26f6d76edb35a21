namespace Bitwarden.Core.Reporting;

/// <summary>How far some work is.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="Done">How much of it is done, in the unit of the stage.</param>
/// <param name="Total">How much there is to do; null when that is not known.</param>
public readonly record struct WorkProgress(WorkStage Stage, long Done = 0, long? Total = null);
