using System.Management.Automation;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.SecretManagement.Storing;

namespace Bitwarden.SecretManagement;

/// <summary>Called by SecretManagement for Get-Secret: one value, or nothing when there is no such name.</summary>
[Cmdlet(VerbsCommon.Get, "Secret")]
public sealed class GetSecretCommand : VaultCommand
{
    /// <summary>Name or reference, as for Get-BwSecret.</summary>
    [Parameter]
    public string Name { get; set; } = string.Empty;

    private protected override void Process(VaultParameters parameters)
    {
        BitwardenSession session = SessionOf(parameters);
        if (parameters.MaxAge is TimeSpan age && RevisionCheck.IsDue(session, age))
        {
            Await(token => RevisionCheck.RunAsync(session, token));
        }

        UnlockedVault vault = session.GetVault();
        if (ResolvedReference.TryResolve(vault, Name, ScopeOf(vault, parameters)) is ResolvedReference reference)
        {
            WriteObject(Read(session, reference, parameters.LoginTables), enumerateCollection: false);
        }
    }

    /// <summary>A read that fails must not look like a name that is absent.</summary>
    private protected override void Fail(BitwardenException failure) =>
        throw SecretManagementTypes.CreatePasswordRequired(Explained(failure));

    private object Read(BitwardenSession session, ResolvedReference reference, bool loginTables)
    {
        if (reference.Selector is null && SecretMapper.MapWhole(reference.Item, loginTables) is object whole)
        {
            return whole;
        }

        if (reference.Selector is string selector)
        {
            new SelectedValue(reference.Item, selector).EnsureReadable();
        }

        using DecryptedSecret secret = AwaitHere(token => session.ReadSecretAsync(reference, token));
        return SecretMapper.Map(reference, secret);
    }
}
