using System.Text.Json;

namespace Bitwarden.TestServer.Api;

/// <summary>JSON of the Api service: names in camelCase, or in PascalCase as old servers wrote them; nulls are written.</summary>
internal sealed class ApiJson(bool pascalCase)
{
    internal static readonly JsonSerializerOptions Pascal = new() { PropertyNameCaseInsensitive = true };
    private static readonly JsonSerializerOptions s_web = new(JsonSerializerDefaults.Web);

    internal bool PascalCase => pascalCase;

    internal JsonSerializerOptions Options => pascalCase ? Pascal : s_web;

    internal Task WriteAsync(HttpContext context, object answer)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(
            context.Response.Body, answer, answer.GetType(), Options, context.RequestAborted);
    }

    internal byte[] Write<T>(T part) => JsonSerializer.SerializeToUtf8Bytes(part, Options);

    internal Task WriteErrorAsync(HttpContext context, ApiException error)
    {
        context.Response.StatusCode = error.Status;
        return WriteAsync(context, new
        {
            error.Message,
            error.ValidationErrors,
            ExceptionMessage = (string?)null,
            ExceptionStackTrace = (string?)null,
            InnerExceptionMessage = (string?)null,
            Object = "error",
        });
    }

    /// <summary>Reads a body as MVC does: any casing, numbers as text allowed, 415 for another type, 400 for what does not fit.</summary>
    internal static async Task<T> ReadAsync<T>(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            throw new ApiException(StatusCodes.Status415UnsupportedMediaType, "Unsupported Media Type");
        }

        try
        {
            return await JsonSerializer.DeserializeAsync<T>(context.Request.Body, s_web, context.RequestAborted)
                ?? throw ApiException.ModelState("", "A non-empty request body is required.");
        }
        catch (JsonException e)
        {
            throw ApiException.ModelState(e.Path ?? "$", "The JSON value could not be converted.");
        }
    }

    internal static T Convert<T>(JsonElement element)
    {
        try
        {
            return element.Deserialize<T>(s_web) ?? throw ApiException.Unhandled();
        }
        catch (JsonException e)
        {
            throw ApiException.ModelState(e.Path ?? "$", "The JSON value could not be converted.");
        }
    }
}
