using System.Globalization;
using Bitwarden.TestServer.Api;

namespace Bitwarden.TestServer.Identity;

/// <summary>The checks that both ways to log in share, to be called in this order (protocol 3.1).</summary>
internal sealed class LoginChecks(ServerContext server)
{
    private const int DeviceColumnLength = 50;
    private static readonly string[] s_deviceTypes =
    [
        "Android", "iOS", "ChromeExtension", "FirefoxExtension", "OperaExtension", "EdgeExtension", "WindowsDesktop", "MacOsDesktop",
        "LinuxDesktop", "ChromeBrowser", "FirefoxBrowser", "OperaBrowser", "EdgeBrowser", "IEBrowser", "UnknownBrowser", "AndroidAmazon",
        "UWP", "SafariBrowser", "VivaldiBrowser", "VivaldiExtension", "SafariExtension", "SDK", "Server", "WindowsCLI", "MacOsCLI",
        "LinuxCLI", "DuckDuckGoBrowser",
    ];

    internal void CheckVersion(TokenRequest request)
    {
        if (server.Options.RequireClientVersionHeader && ClientVersion.Of(request.Http) is null)
        {
            const string Text = "No client version header found, required to prevent encryption errors. "
                + "Please confirm your client is supplying the header: \"Bitwarden-Client-Version\"";
            throw new TokenRefusedException("version_header_missing", Text, Text);
        }
    }

    /// <summary>Demands the device fields and, for a password from an unknown device, its code; then remembers the device.</summary>
    internal static void CheckDevice(TokenRequest request, TestAccount account, bool isPassword)
    {
        string name = request.Field("deviceName");
        if (!IsDeviceType(request.DeviceType) || string.IsNullOrWhiteSpace(request.DeviceIdentifier) || string.IsNullOrWhiteSpace(name))
        {
            throw TokenRefusedException.Device("No device information provided");
        }

        if (request.DeviceIdentifier.Length > DeviceColumnLength || name.Length > DeviceColumnLength)
        {
            throw ApiException.Unhandled();
        }

        if (isPassword && !account.KnowsDevice(request.DeviceIdentifier))
        {
            CheckNewDevice(request.Field("newDeviceOtp"), account);
        }

        account.AddDevice(request.DeviceIdentifier);
    }

    /// <summary>Refuses accounts of a time before user keys, as every client but the web vault is.</summary>
    internal static void CheckLegacy(TestAccount account)
    {
        if (account.IsLegacy)
        {
            const string Text = "Legacy encryption without a userkey is no longer supported. To recover your account, please contact support";
            throw new TokenRefusedException("invalid_grant", message: Text);
        }
    }

    private static void CheckNewDevice(string code, TestAccount account)
    {
        if (!account.AsksNewDevices)
        {
            return;
        }

        if (code.Length == 0)
        {
            account.NewDeviceCodes.Send();
            throw TokenRefusedException.Device("New device verification required");
        }

        if (code != account.NewDeviceOtp && !account.NewDeviceCodes.Accept(code))
        {
            throw TokenRefusedException.Device("Invalid New Device OTP");
        }
    }

    private static bool IsDeviceType(string text) =>
        byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _) || Array.IndexOf(s_deviceTypes, text) >= 0;
}
