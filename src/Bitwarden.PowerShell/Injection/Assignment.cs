using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.PowerShell.Injection;

/// <summary>A variable that is to be set, by a reference or with something that is at hand.</summary>
internal sealed record Assignment
{
    private Assignment(string name, string place) => (Name, Place) = (name, place);

    /// <summary>The variable.</summary>
    internal string Name { get; }

    /// <summary>Where it stands, for messages.</summary>
    internal string Place { get; }

    /// <summary>The reference of its value; null when the value is at hand.</summary>
    internal string? Reference { get; private init; }

    /// <summary>The value, when it is no secret: a line of a file, as it stands there.</summary>
    internal string? Literal { get; private init; }

    /// <summary>The value, when it is a secret that the caller has.</summary>
    internal SecureString? Given { get; private init; }

    /// <summary>Of a text that is a reference or is meant as it stands.</summary>
    internal static Assignment FromText(string name, string place, string text) =>
        ReferenceUri.IsOne(text) ? new(name, place) { Reference = text } : new(name, place) { Literal = text };

    /// <summary>Of an entry of a table. A text that is no reference is refused, and not repeated: it may be a secret.</summary>
    /// <exception cref="InvalidInputException">EnvironmentValueInvalid.</exception>
    internal static Assignment FromEntry(string name, object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        string text when ReferenceUri.IsOne(text) => new(name, name) { Reference = text },
        SecureString secret => new(name, name) { Given = secret },
        SealedSecret secret => new(name, name) { Given = secret.ToSecureString() },
        _ => throw InputErrors.VariableValue(name, "is neither a bw:// reference nor a SecureString"),
    };
}
