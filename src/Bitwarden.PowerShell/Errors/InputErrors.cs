using Bitwarden.Core.Errors;

namespace Bitwarden.PowerShell.Errors;

/// <summary>Inputs that a cmdlet needs and that nobody gave. What to do about each is in <see cref="ErrorHints"/>.</summary>
internal static class InputErrors
{
    internal static InvalidInputException ClientIdMissing() => new(ShellErrorCodes.ClientIdMissing, WithLookAlikes("No client id was given."));

    internal static InvalidInputException ClientSecretMissing() => new(ErrorCodes.ClientSecretMissing, WithLookAlikes("No client secret was given."));

    internal static InvalidInputException EmailMissing() => new(ShellErrorCodes.EmailMissing, "No e-mail was given.");

    internal static InvalidInputException MasterPasswordMissing() => new(ShellErrorCodes.MasterPasswordMissing, "No master password was given.");

    internal static InvalidInputException KeyConnectorNotConfirmed(Uri connector) => new(
        ShellErrorCodes.KeyConnectorNotConfirmed, $"The vault is opened by the Key Connector at {connector.Host}, which was not confirmed.")
    {
        Address = connector,
    };

    internal static InvalidInputException RotationNotConfirmed() => new(
        ShellErrorCodes.RotationNotConfirmed, "Nobody could be asked whether to rotate the API key. Nothing was changed.");

    private static string WithLookAlikes(string message) => $"{message} {EnvironmentCredentials.DescribeLookAlikes()}".TrimEnd();
}
