namespace Bitwarden.Core.Generators;

/// <summary>What is made up.</summary>
public enum GeneratorKind
{
    /// <summary>Characters.</summary>
    Password,

    /// <summary>Words.</summary>
    Passphrase,
}
