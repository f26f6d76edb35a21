using Bitwarden.Core.Generators;
using Bitwarden.Core.Vault;

namespace Bitwarden.PowerShell;

/// <summary>What Get-BwTotp writes.</summary>
public sealed class TotpCode
{
    internal TotpCode(VaultItem item, OneTimeCode code, bool asPlainText)
    {
        Name = item.UniqueName;
        Code = asPlainText ? code.Value.RevealText() : code.Value.ToSecureString();
        SecondsLeft = code.SecondsLeft;
        Period = (long)code.Period.TotalSeconds;
        ValidUntil = code.ValidUntil;
    }

    /// <summary>The unique name of the item.</summary>
    public string Name { get; }

    /// <summary>The code: a SecureString, or text when that was asked for.</summary>
    public object Code { get; }

    /// <summary>How many seconds the code still counted when it was made.</summary>
    public int SecondsLeft { get; }

    /// <summary>How many seconds each code counts.</summary>
    public long Period { get; }

    /// <summary>When the next code takes its place.</summary>
    public DateTimeOffset ValidUntil { get; }

    /// <summary>The item's name, never the code.</summary>
    public override string ToString() => Name;
}
