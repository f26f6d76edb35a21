using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Adds files to an item.</summary>
[Cmdlet(VerbsCommon.Add, "BwAttachment", SupportsShouldProcess = true)]
[OutputType(typeof(VaultItem))]
public sealed class AddBwAttachmentCommand : RepromptCmdlet
{
    /// <summary>The item that gets the files: its name, unique or not, or its id.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ItemName(TakesItems = true)]
    [ArgumentCompleter(typeof(ItemNameCompleter))]
    [NotBlank]
    public string? Item { get; set; }

    /// <summary>The files.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [NotBlank]
    public string[]? Path { get; set; }

    /// <summary>Writes the item as it is after each file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The session to use instead of the current one. Not from the pipeline, where the paths come from.</summary>
    [Parameter]
    [SessionTransformation]
    [ArgumentCompleter(typeof(SessionCompleter))]
    [ValidateNotNull]
    public override BitwardenSession? Session { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        BitwardenSession session = RequireSession();
        foreach (string path in Path!)
        {
            ForOne(path, () => Add(session, session.GetVault().Find(Item!), LocalPath.Resolve(this, path)));
        }
    }

    private void Add(BitwardenSession session, VaultItem item, string path)
    {
        string name = System.IO.Path.GetFileName(path);
        if (!ShouldProcess($"{item.Type} '{item.UniqueName.Shown()}'", $"Add the file '{name.Shown()}'"))
        {
            return;
        }

        Gate(this).Ensure(session, item, Host);
        using FileStream content = Open(path);
        VaultItem changed = Await(token => session.GetWriter().Files.AddAsync(item, name, content, token));
        if (PassThru)
        {
            WriteObject(changed);
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            // No copy of the content in a buffer that nobody zeroes.
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
        }
        catch (Exception e) when (LocalFileException.IsReason(e))
        {
            throw LocalFileException.Unreadable(path, e);
        }
    }
}
