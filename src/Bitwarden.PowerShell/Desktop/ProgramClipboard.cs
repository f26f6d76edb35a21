using Bitwarden.Core.Crypto;

namespace Bitwarden.PowerShell.Desktop;

/// <summary>The clipboard by the programs that desktops have for it.</summary>
/// <param name="Copy">Takes the text from its input.</param>
/// <param name="Paste">Prints the text.</param>
/// <param name="Empty">Empties the clipboard, with nothing as its input.</param>
internal sealed record ProgramClipboard(DesktopProgram Copy, DesktopProgram Paste, DesktopProgram Empty) : IClipboard
{
    /// <summary>The first of the programs that is there; those of the desktop that runs come first. Null for none.</summary>
    internal static ProgramClipboard? Find()
    {
        bool isWayland = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("WAYLAND_DISPLAY"));
        return OperatingSystem.IsMacOS()
            ? Of(("pbcopy", []), ("pbpaste", []), ("pbcopy", []))
            : (isWayland ? WlClipboard() : null) ?? Xclip() ?? Xsel() ?? WlClipboard();
    }

    /// <inheritdoc/>
    public bool TryWrite(ReadOnlySpan<byte> text) => Copy.TryWrite(text);

    /// <inheritdoc/>
    public SecretBytes? TryRead(int length) => Paste.TryRead(length);

    /// <inheritdoc/>
    public void Clear() => Empty.TryWrite([]);

    private static ProgramClipboard? WlClipboard() =>
        Of(("wl-copy", ["--type", "text/plain;charset=utf-8"]), ("wl-paste", ["--no-newline"]), ("wl-copy", ["--clear"]));

    private static ProgramClipboard? Xclip() => Of(
        ("xclip", ["-selection", "clipboard", "-in"]), ("xclip", ["-selection", "clipboard", "-out"]), ("xclip", ["-selection", "clipboard", "-in"]));

    private static ProgramClipboard? Xsel() =>
        Of(("xsel", ["--clipboard", "--input"]), ("xsel", ["--clipboard", "--output"]), ("xsel", ["--clipboard", "--clear"]));

    private static ProgramClipboard? Of(
        (string Name, string[] Arguments) copy, (string Name, string[] Arguments) paste, (string Name, string[] Arguments) empty) =>
        DesktopProgram.Find(copy.Name, copy.Arguments) is DesktopProgram writer
        && DesktopProgram.Find(paste.Name, paste.Arguments) is DesktopProgram reader
        && DesktopProgram.Find(empty.Name, empty.Arguments) is DesktopProgram eraser
            ? new ProgramClipboard(writer, reader, eraser)
            : null;
}
