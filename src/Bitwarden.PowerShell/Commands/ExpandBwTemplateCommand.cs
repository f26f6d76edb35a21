using System.Management.Automation;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Errors;
using Bitwarden.PowerShell.Injection;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Puts values of the vault into a template, where references stand.</summary>
[Cmdlet(VerbsData.Expand, "BwTemplate", DefaultParameterSetName = PathSet)]
[OutputType(typeof(string), typeof(FileInfo))]
public sealed class ExpandBwTemplateCommand : ReferenceCmdlet
{
    private const string PathSet = "Path";
    private const string TextSet = "Text";
    private const int LongestFile = 16 * 1024 * 1024;
    private const char Mark = '\uFEFF';
    private readonly HashSet<string> _written = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The file of the template: UTF-8.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [NotBlank]
    public string? Path { get; set; }

    /// <summary>The template itself.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = TextSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [TextOnly]
    [AllowEmptyString]
    [ValidateNotNull]
    public string? Text { get; set; }

    /// <summary>The file to write, which only its owner may read.</summary>
    [Parameter(Position = 1)]
    [NotBlank]
    public string? OutFile { get; set; }

    /// <summary>How values are escaped; without it, as the name of the file says.</summary>
    [Parameter]
    public TemplateFormat As { get; set; }

    /// <summary>Replaces a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        string? name = Path is null ? null : System.IO.Path.GetFileName(LocalPath.Resolve(this, Path));
        TextFile source = Path is null ? new TextFile(Text!, HasMark: false) : Read(name!);
        string? target = OutFile is null ? null : Target(OutFile);
        string filled = Fill(source, name, target);
        if (target is null)
        {
            WriteObject(filled);
            return;
        }

        using SecretBytes content = SecretBytes.FromCharacters(filled);
        Await(token => OwnerFile.WriteAsync(target, content, Force, token));
        _written.Add(target);
        WriteObject(new FileInfo(target));
    }

    private TextFile Read(string name) =>
        TextFile.Read(LocalPath.Resolve(this, Path!), LongestFile, reason => InputErrors.Template($"{name}: {reason}"));

    // Before anything is read: what cannot be written needs no value.
    private string Target(string given)
    {
        string target = LocalPath.Resolve(this, given);
        return _written.Contains(target) || (!Force && File.Exists(target)) ? throw LocalFileException.Exists(target) : target;
    }

    private string Fill(TextFile source, string? name, string? target)
    {
        bool isSaid = MyInvocation.BoundParameters.ContainsKey(nameof(As));
        TemplateFormat format = isSaid ? As : TemplateFormats.Of(System.IO.Path.GetFileName(target) ?? name ?? string.Empty);
        Template template = Template.Parse(source.Text, name);
        using ReadValues values = ReadAll([.. template.Places.Select(place => new WantedValue(place.Name, place.Reference, AsText: true))]);
        string filled = template.Fill(format, reference => values[reference].Value.RevealText());
        return source.HasMark && target is not null ? Mark + filled : filled;
    }
}
