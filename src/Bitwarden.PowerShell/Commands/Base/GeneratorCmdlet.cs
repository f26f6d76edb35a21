using System.Management.Automation;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Generators;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Binding;

namespace Bitwarden.PowerShell.Commands.Base;

/// <summary>A cmdlet that makes up secrets. It needs no session; where there is one, the rules of its organizations count.</summary>
public abstract class GeneratorCmdlet : SessionCmdlet
{
    /// <summary>How many to make.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [ValidateRange(1, 10_000)]
    public int Count { get; set; } = 1;

    /// <summary>Writes text instead of a SecureString.</summary>
    [Parameter]
    public SwitchParameter AsPlainText { get; set; }

    /// <summary>What the organizations demand. A session that was named must tell; a current one that is locked does not know.</summary>
    private protected GeneratorRules Rules(GeneratorKind kind)
    {
        BitwardenSession? session = TargetSession();
        bool isKnown = Session is not null || session?.State == BitwardenSessionState.Unlocked;
        if (session is not null && !isKnown)
        {
            WriteVerbose("The vault is locked: rules of your organizations are not known.");
        }

        GeneratorRules rules = isKnown ? session!.PeekVault().GeneratorRules : GeneratorRules.None;
        rules.EnsureAllowed(kind);
        return rules;
    }

    /// <summary>Tells of rules that change what was asked for.</summary>
    private protected T Strict<T>(T wish, T strict)
    {
        if (!Equals(wish, strict))
        {
            WriteVerbose("Rules of your organizations make it stricter than asked for.");
        }

        return strict;
    }

    /// <summary>Writes as many as were asked for.</summary>
    private protected void WriteSecrets(Func<SecretBytes> generate)
    {
        for (int i = 0; i < Count; i++)
        {
            using SecretBytes secret = generate();
            WriteObject(AsPlainText ? secret.RevealText() : secret.ToSecureString());
        }
    }
}
