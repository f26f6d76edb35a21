using System.Collections;
using System.Management.Automation;
using Bitwarden.Core.Api;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Errors;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Registers a vault with SecretManagement, with parameters that were checked.</summary>
[Cmdlet(VerbsLifecycle.Register, "BwSecretVault", SupportsShouldProcess = true)]
public sealed class RegisterBwSecretVaultCommand : BwCmdlet
{
    private const string Script = @"param($registration) Microsoft.PowerShell.SecretManagement\Register-SecretVault @registration -ErrorAction Stop";

    /// <summary>The vault's name in SecretManagement.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [NotBlank]
    public string Name { get; set; } = string.Empty;

    /// <summary>E-mail or client id of the account.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SessionCompleter))]
    [NotBlank]
    public string? Account { get; set; }

    /// <summary>The server: US, EU or an address.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ServerCompleter))]
    [NotBlank]
    public string? Server { get; set; }

    /// <summary>Name or id of the organization to which the vault is confined.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(OrganizationCompleter))]
    [NotBlank]
    public string? Organization { get; set; }

    /// <summary>Name or id of the collection to which the vault is confined.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    [NotBlank]
    public string? Collection { get; set; }

    /// <summary>Name or id of the folder to which the vault is confined.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FolderCompleter))]
    [NotBlank]
    public string? Folder { get; set; }

    /// <summary>Lets nothing be written.</summary>
    [Parameter]
    public SwitchParameter ReadOnly { get; set; }

    /// <summary>Signs in with what the environment has.</summary>
    [Parameter]
    [Word]
    [ValidateSet("Environment")]
    public string? SignIn { get; set; }

    /// <summary>How old what is read may be, in minutes.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [ValidateRange(0, 525_600)]
    public int? MaxAge { get; set; }

    /// <summary>What a login is read as.</summary>
    [Parameter]
    [Word]
    [ValidateSet("PSCredential", "Hashtable")]
    public string? Logins { get; set; }

    /// <summary>Makes it the default vault.</summary>
    [Parameter]
    public SwitchParameter DefaultVault { get; set; }

    /// <summary>Takes the place of a vault of that name.</summary>
    [Parameter]
    public SwitchParameter AllowClobber { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        EnsureUsable();
        Hashtable parameters = VaultParameters();
        string names = parameters.Count == 0 ? "no parameters" : string.Join(", ", parameters.Keys.Cast<string>().Order(StringComparer.Ordinal));
        if (ShouldProcess($"Vault '{Name.Shown()}' with {names}", "Register"))
        {
            Hashtable registration = new()
            {
                ["Name"] = Name,
                ["ModuleName"] = ModulePath(MyInvocation.MyCommand.Module.ModuleBase),
                ["VaultParameters"] = parameters,
                ["DefaultVault"] = DefaultVault,
                ["AllowClobber"] = AllowClobber,
            };
            InvokeCommand.InvokeScript(useLocalScope: true, ScriptBlock.Create(Script), input: null, registration);
        }
    }

    // The folder of one version would still be used when the next is there (SecretManagement fact 26).
    private static string ModulePath(string folder) =>
        Version.TryParse(Path.GetFileName(folder), out _) && Path.GetDirectoryName(folder) is string module ? module : folder;

    private void EnsureUsable()
    {
        if (Name.AsSpan().IndexOfAny("[]") >= 0)
        {
            throw InputErrors.VaultName(Name);
        }

        if (Account?.Contains('@', StringComparison.Ordinal) == false)
        {
            ApiKeyCredential.EnsurePersonal(Account);
        }

        _ = Server is null ? null : ServerEnvironment.Resolve(Server);
        if (OpenVault() is UnlockedVault vault)
        {
            VaultScope.Of(vault, Organization, Collection, Folder);
        }
    }

    // The vault that will serve, when it is open: only then can be said which places there are.
    private UnlockedVault? OpenVault()
    {
        try
        {
            return SessionStore.FindForVault(Account, Server).PeekVault();
        }
        catch (SessionException)
        {
            return null;
        }
    }

    // Text, whole numbers and Booleans arrive as they were (SecretManagement fact 23).
    private Hashtable VaultParameters()
    {
        (string Key, object? Value)[] given =
        [
            (nameof(Account), Account), (nameof(Server), Server), (nameof(Organization), Organization), (nameof(Collection), Collection),
            (nameof(Folder), Folder), (nameof(ReadOnly), ReadOnly ? true : null), (nameof(SignIn), SignIn), (nameof(MaxAge), MaxAge), (nameof(Logins), Logins),
        ];
        Hashtable table = [];
        foreach ((string key, object? value) in given.Where(one => one.Value is not null))
        {
            table[key] = value;
        }

        return table;
    }
}
