using System.Management.Automation;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Gets the files of items: as bytes, or on the disk.</summary>
[Cmdlet(VerbsCommon.Get, "BwAttachment")]
[OutputType(typeof(byte[]), typeof(FileInfo))]
public sealed class GetBwAttachmentCommand : AttachmentCmdlet
{
    private readonly HashSet<string> _written = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Which files of the item; all without it.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(AttachmentNameCompleter))]
    [SupportsWildcards]
    [NotBlank]
    public string[]? Name { get; set; }

    /// <summary>The file to write, or a folder that is there.</summary>
    [Parameter]
    [NotBlank]
    public string? OutFile { get; set; }

    /// <summary>Replaces a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<string>? FileNames => Name;

    /// <inheritdoc/>
    private protected override void Work(BitwardenSession session, VaultItem item, ItemAttachment file)
    {
        EnsureReprompt(session, item);
        if (OutFile is null)
        {
            using SecretBytes content = Await(token => session.GetFiles().ReadAsync(item, file, token));
            WriteObject(content.Span.ToArray(), enumerateCollection: false);
            return;
        }

        string path = PathFor(file);
        if (_written.Contains(path))
        {
            throw LocalFileException.Exists(path);
        }

        Await(token => session.GetFiles().SaveAsync(item, file, path, Force, token));
        _written.Add(path);
        WriteObject(new FileInfo(path));
    }

    private string PathFor(ItemAttachment file)
    {
        string path = LocalPath.Resolve(this, OutFile!);
        return Directory.Exists(path) ? Path.Combine(path, SafeFileName.Of(file.FileName)) : path;
    }
}
