using System.Management.Automation;
using System.Security;
using System.Text;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Errors;
using Bitwarden.PowerShell.Injection;

namespace Bitwarden.PowerShell.Commands.Base;

/// <summary>A cmdlet that reads the values of references: all of them, or none and an error that names each that failed.</summary>
public abstract class ReferenceCmdlet : RepromptCmdlet, IMaskParameters
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The session to use instead of the current one. Not from the pipeline, where references and texts come from.</summary>
    [Parameter]
    [SessionTransformation]
    [ArgumentCompleter(typeof(SessionCompleter))]
    [ValidateNotNull]
    public override BitwardenSession? Session { get; set; }

    /// <summary>Hides the values in the build agent's log, or gives out nothing.</summary>
    [Parameter]
    public SwitchParameter Mask { get; set; }

    /// <summary>Tells the build agent nothing.</summary>
    [Parameter]
    public SwitchParameter NoMask { get; set; }

    /// <summary>Reads values, and tells the agent's log of them.</summary>
    /// <exception cref="ReferencesException">What is the matter with each reference that gives no value.</exception>
    private protected ReadValues ReadAll(IReadOnlyList<WantedValue> wanted)
    {
        ReadValues values = new();
        try
        {
            if (wanted.Count > 0)
            {
                Read(wanted, values);
            }

            return values;
        }
        catch
        {
            values.Dispose();
            throw;
        }
    }

    private void Read(IReadOnlyList<WantedValue> wanted, ReadValues values)
    {
        BitwardenSession session = RequireSession();
        UnlockedVault vault = session.GetVault();
        ReferenceOutcomes outcomes = new(wanted, IsAboutOne);
        Dictionary<string, ResolvedReference> found = new(StringComparer.Ordinal);
        outcomes.Try(text => found[text] = Resolve(vault, text));
        bool isComplete = !outcomes.HasFailures;
        outcomes.Try(text =>
        {
            // Nobody is asked for a password, and nothing is downloaded, for what will not be given out.
            if (isComplete || !(found[text].IsFile || found[text].Item.Reprompt))
            {
                values.Add(text, found[text], ReadOne(session, found[text]));
            }
        });
        outcomes.ThrowFailures();
        EnsureText(wanted, values);
        foreach (IGrouping<bool, WantedValue> group in wanted.GroupBy(one => one.AsText))
        {
            LogMask.Register(values.ForMask(group.Where(one => one.AsText || !values[one.Reference].IsFile)), group.Key);
        }
    }

    private static ResolvedReference Resolve(UnlockedVault vault, string text)
    {
        ResolvedReference reference = ReferenceUri.IsOne(text) ? ResolvedReference.Resolve(vault, text) : throw InputErrors.NotAReference();
        reference.EnsureThere();
        return reference;
    }

    private DecryptedSecret ReadOne(BitwardenSession session, ResolvedReference reference)
    {
        Gate(this).Ensure(session, reference, Host);
        Task<DecryptedSecret> Work(CancellationToken token) => session.ReadSecretAsync(reference, token);
        return reference.IsFile ? Await(Work) : AwaitHere(Work);
    }

    private static void EnsureText(IReadOnlyList<WantedValue> wanted, ReadValues values)
    {
        ReferenceOutcomes outcomes = new([.. wanted.Where(one => one.AsText)], IsAboutOne);
        outcomes.Try(text =>
        {
            if (values[text] is { IsFile: true } file && !IsText(file))
            {
                throw InputErrors.FileNotText(values.ItemOf(text));
            }
        });
        outcomes.ThrowFailures();
    }

    private static bool IsText(DecryptedSecret file)
    {
        try
        {
            _ = s_utf8.GetCharCount(file.Value.Span);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
