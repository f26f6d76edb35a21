namespace Bitwarden.PowerShell.Injection;

/// <summary>Which format a file has, by its name.</summary>
internal static class TemplateFormats
{
    private static readonly string[] s_templateEndings = [".tpl", ".tmpl", ".template", ".tt", ".in"];

    /// <param name="fileName">Its name; one that ends like a template has its format before that.</param>
    internal static TemplateFormat Of(string fileName)
    {
        string extension = Path.GetExtension(fileName).ToLowerInvariant();
        if (s_templateEndings.Contains(extension))
        {
            return Of(Path.GetFileNameWithoutExtension(fileName));
        }

        return extension switch
        {
            ".json" or ".jsonc" => TemplateFormat.Json,
            ".xml" or ".config" or ".xaml" or ".plist" or ".svg" or ".resx" or ".csproj" or ".props" or ".targets" => TemplateFormat.Xml,
            ".yaml" or ".yml" => TemplateFormat.Yaml,
            ".sh" or ".bash" => TemplateFormat.Sh,
            _ when extension == ".env" || fileName.StartsWith(".env", StringComparison.OrdinalIgnoreCase) => TemplateFormat.Env,
            _ => TemplateFormat.None,
        };
    }

    /// <summary>What puts values into a text of a format.</summary>
    internal static ValueEscaper EscaperOf(TemplateFormat format) => format switch
    {
        TemplateFormat.Json => new JsonEscaper(),
        TemplateFormat.Xml => new XmlEscaper(),
        TemplateFormat.Yaml => new YamlEscaper(),
        TemplateFormat.Sh => new ShellEscaper(),
        TemplateFormat.Env => new EnvEscaper(),
        _ => new NoEscaper(),
    };
}
