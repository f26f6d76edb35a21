namespace Bitwarden.PowerShell.Injection;

/// <summary>What a template is, so that a value is escaped for where it stands.</summary>
public enum TemplateFormat
{
    /// <summary>Values stand as they are.</summary>
    None,

    /// <summary>JSON: in a string, or as a whole one.</summary>
    Json,

    /// <summary>XML: in text, an attribute or a CDATA section.</summary>
    Xml,

    /// <summary>YAML: in quotation marks, or as a whole value.</summary>
    Yaml,

    /// <summary>A script for sh: bare, or in quotation marks.</summary>
    Sh,

    /// <summary>A file of variables, as Use-BwSecret -EnvFile reads it: in quotation marks, or as a whole value.</summary>
    Env,
}
