using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Desktop;
using Bitwarden.PowerShell.Formatting;
using Bitwarden.PowerShell.Masking;

namespace Bitwarden.PowerShell.Errors;

/// <summary>Inputs that a cmdlet needs and that nobody gave. What to do about each is in <see cref="ErrorHints"/>.</summary>
internal static class InputErrors
{
    internal static InvalidInputException ClientIdMissing() => new(ShellErrorCodes.ClientIdMissing, WithLookAlikes("No client id was given."));

    internal static InvalidInputException ClientSecretMissing() => new(ErrorCodes.ClientSecretMissing, WithLookAlikes("No client secret was given."));

    internal static InvalidInputException FallbackPathMissing() => new(ShellErrorCodes.FallbackPathMissing, "No path of a copy was given.");

    internal static InvalidInputException SessionKeyMissing(string variable) => new(
        ErrorCodes.SessionKeyMissing,
        $"The environment variable '{variable.Shown()}', which should have the key of the exported session, is not set or empty.");

    internal static InvalidInputException EmailMissing() => new(ShellErrorCodes.EmailMissing, "No e-mail was given.");

    internal static InvalidInputException MasterPasswordMissing() => new(ShellErrorCodes.MasterPasswordMissing, "No master password was given.");

    internal static InvalidInputException KeyConnectorNotConfirmed(Uri connector) => new(
        ShellErrorCodes.KeyConnectorNotConfirmed,
        $"The vault is opened by the Key Connector at {ForeignText.Show(connector.GetLeftPart(UriPartial.Path))}, which was not confirmed.")
    {
        Address = connector,
    };

    internal static InvalidInputException EmailEmpty() => new(ShellErrorCodes.EmailMissing, "The e-mail is empty.");

    internal static InvalidInputException MasterPasswordEmpty() => new(ShellErrorCodes.MasterPasswordMissing, "The master password is empty.");

    internal static InvalidInputException Pattern(string pattern) => new(
        ShellErrorCodes.InvalidPattern, $"The wildcard pattern '{pattern.Shown()}' has a bracket without its counterpart.");

    internal static InvalidInputException NotAPassword(VaultItem item, string? selector) => new(
        ShellErrorCodes.NotAPassword,
        $"What '{item.UniqueName.Shown()}'{(selector is null ? string.Empty : $" with '{selector.Shown()}'")} means is not a login's password.");

    internal static InvalidInputException FileNotCopyable(VaultItem item) => new(
        ShellErrorCodes.NotText, $"A file of '{item.UniqueName.Shown()}' cannot be put on the clipboard.");

    internal static InvalidInputException NoSshKey(ResolvedReference reference) => InvalidInputException.SshKey(
        $"What '{reference.ToString().Shown()}' means is not the private key of an SSH key.");

    internal static InvalidInputException NoAddress(VaultItem item) => new(
        ShellErrorCodes.NoAddress, $"The item '{item.UniqueName.Shown()}' has no address to open.");

    internal static InvalidInputException UnsafeAddress(string address, string reason) => new(
        ShellErrorCodes.UnsafeAddress, $"The address '{address.Shown()}' was not opened: {reason.Shown()}.");

    internal static DesktopException NoClipboard() => new(ShellErrorCodes.ClipboardUnavailable, "No program for the clipboard was found.");

    internal static DesktopException ClipboardFailed() => new(
        ShellErrorCodes.ClipboardUnavailable, "The clipboard could not be used. There may be no desktop in this session.");

    internal static DesktopException NoBrowser() => new(ShellErrorCodes.BrowserUnavailable, "There is no program that opens the address, or it failed.");

    internal static InvalidInputException RotationNotConfirmed() => new(
        ShellErrorCodes.RotationNotConfirmed, "Nobody could be asked whether to rotate the API key. Nothing was changed.");

    internal static InvalidInputException Empty(string parameter) => InvalidInputException.Item(
        $"The value of -{char.ToUpperInvariant(parameter[0])}{parameter[1..].Shown()} is empty.");

    internal static InvalidInputException PasswordGivenTwice() => InvalidInputException.Item(
        "Give -Credential, or -Username and -Password, or -GeneratePassword: each of them says what the password is.");

    internal static InvalidInputException MatchWithoutUri() => InvalidInputException.Item(
        "-UriMatch says how the addresses of -Uri are compared, and there are none.");

    internal static InvalidInputException CollectionMissing() => InvalidInputException.Item("An item of an organization needs a collection: give -Collection.");

    internal static InvalidInputException CollectionsOfSeveral() => InvalidInputException.Item("The collections are of different organizations.");

    internal static InvalidInputException CollectionReadOnly(CollectionInfo collection) => InvalidInputException.Item(
        $"Your organization lets you only read what is in the collection '{collection.Name.Shown()}'.");

    internal static InvalidInputException NothingToChange() => InvalidInputException.Item("Nothing was given that could change the item.");

    internal static InvalidInputException RepromptRequired(VaultItem item) => new(
        ShellErrorCodes.RepromptRequired,
        $"The item '{item.UniqueName.Shown()}' wants the master password again, and nobody could be asked for it.");

    internal static InvalidInputException RemovalNotConfirmed() => new(
        ShellErrorCodes.RemovalNotConfirmed, "Nobody could be asked whether to delete for good. Nothing was deleted.");

    internal static InvalidInputException ExportNotConfirmed() => new(
        ShellErrorCodes.ExportNotConfirmed, "Nobody could be asked whether to export without encryption. Nothing was written.");

    internal static InvalidInputException FolderExists(string name) => InvalidInputException.Item($"A folder called '{name.Shown()}' is there already.");

    internal static InvalidInputException VaultName(string name) => new(
        ShellErrorCodes.InvalidVaultParameter,
        $"The vault name '{name.Shown()}' has a bracket. SecretManagement registers it and cannot find it again. Nothing was registered.");

    internal static InvalidInputException MaskedAndNot() => new(ShellErrorCodes.InvalidMasking, "-Mask and -NoMask say the opposite of each other.");

    internal static InvalidInputException PreferenceNotTable() => new(ShellErrorCodes.InvalidMasking, "The variable BitwardenPreference is not a table.");

    internal static InvalidInputException UnknownPreference(string given) => new(
        ShellErrorCodes.InvalidMasking, $"MaskLog of BitwardenPreference is '{given.Shown()}'. It can be Agent, Always or Never.");

    internal static InvalidInputException LogMaskUnavailable(string agent, string whyNot) => new(
        ShellErrorCodes.LogMaskUnavailable, $"The value cannot be hidden in the log of {agent}: {whyNot}. It was not given out.");

    internal static InvalidInputException FileNotVariable(VaultItem item) => new(
        ShellErrorCodes.NotText, $"A file of '{item.UniqueName.Shown()}' cannot be a variable.");

    internal static InvalidInputException NoPipelineAgent(PipelineAgent agent) => new(ShellErrorCodes.NoPipelineAgent, agent switch
    {
        PipelineAgent.None => "No build agent runs this process. Nothing was set.",
        PipelineAgent.Several => "The environment has the marks of several build agents. Nothing was set.",
        _ => $"{PipelineAgents.NameOf(agent)} has no secret variables that a step could set. Nothing was set.",
    });

    internal static InvalidInputException PipelineVariable(string name, string reason) => new(
        ShellErrorCodes.InvalidPipelineVariable, $"The variable '{name.Shown()}' was not set: {reason}.");

    internal static InvalidInputException PipelineFileMissing(string reason) => new(ShellErrorCodes.PipelineFileMissing, $"{reason} Nothing was set.");

    internal static InvalidInputException NotAReference() => InvalidInputException.Reference(
        "This is not a reference. It begins with bw:// and names a value, as in bw://Folder/name#selector.");

    internal static InvalidInputException FileNotText(VaultItem item) => new(
        ShellErrorCodes.NotText, $"The file of '{item.UniqueName.Shown()}' is not UTF-8 text.");

    internal static InvalidInputException EnvironmentInUse(IReadOnlyList<string> names) => new(
        ShellErrorCodes.EnvironmentInUse,
        $"Another runspace of this process has set {string.Join(", ", names.Select(name => name.Shown()))} for a block that still runs. Nothing was set.");

    internal static InvalidInputException VariableName(string name) => new(
        ShellErrorCodes.EnvironmentNameInvalid, $"'{name.Shown()}' cannot be the name of a variable. Nothing was set.");

    internal static InvalidInputException VariableValue(string name, string reason) => new(
        ShellErrorCodes.EnvironmentValueInvalid, $"The value for '{name.Shown()}' {reason}. Nothing was set.");

    internal static InvalidInputException NothingToSet() => new(ShellErrorCodes.NothingToSet, "No variable was given to set.");

    internal static InvalidInputException EnvFile(string place, string reason) => new(ShellErrorCodes.EnvFileInvalid, $"{place.Shown()}: {reason}");

    internal static InvalidInputException Template(string reason) => new(ShellErrorCodes.TemplateInvalid, reason);

    private static string WithLookAlikes(string message) => $"{message} {EnvironmentCredentials.DescribeLookAlikes()}".TrimEnd();
}
