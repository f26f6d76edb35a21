namespace Bitwarden.Core.Errors;

/// <summary>Why no item was found under a name.</summary>
public enum NotFoundReason
{
    /// <summary>None has it.</summary>
    Absent,

    /// <summary>One in the trash has it.</summary>
    InTrash,

    /// <summary>The name is a pattern, where only names are taken.</summary>
    Pattern,

    /// <summary>One has it that other conditions leave out.</summary>
    LeftOut,
}
