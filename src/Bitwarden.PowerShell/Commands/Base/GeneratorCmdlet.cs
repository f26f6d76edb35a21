using System.Management.Automation;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Generators;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Binding;

namespace Bitwarden.PowerShell.Commands.Base;

/// <summary>A cmdlet that makes up secrets. It needs no session; where there is one, the rules of its organizations count.</summary>
public abstract class GeneratorCmdlet : SessionCmdlet, IMaskParameters
{
    /// <summary>How many to make.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [ValidateRange(1, 10_000)]
    public int Count { get; set; } = 1;

    /// <summary>Writes text instead of a SecureString.</summary>
    [Parameter]
    public SwitchParameter AsPlainText { get; set; }

    /// <summary>Hides the value in the build agent's log, also when it is no text; without that it is not given out.</summary>
    [Parameter]
    public SwitchParameter Mask { get; set; }

    /// <summary>Tells the build agent nothing: what this process prints is not its log.</summary>
    [Parameter]
    public SwitchParameter NoMask { get; set; }

    /// <summary>What the organizations demand. A session that was named must tell; a current one that has not fetched its vault does not know.</summary>
    private protected GeneratorRules Rules(GeneratorKind kind)
    {
        BitwardenSession? session = TargetSession();
        GeneratorRules? rules = session?.FindGeneratorRules() ?? (Session is null ? null : session!.PeekVault().GeneratorRules);
        if (session is not null && rules is null)
        {
            WriteVerbose("The vault was not fetched yet: rules of your organizations are not known.");
        }

        rules ??= GeneratorRules.None;
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
            LogMask.Register("new secret", secret, AsPlainText);
            WriteObject(AsPlainText ? secret.RevealText() : secret.ToSecureString());
        }
    }
}
