using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Bitwarden.TestServer.Api;
using Bitwarden.TestServer.Control;
using Bitwarden.TestServer.Identity;
using Microsoft.AspNetCore.Hosting;

namespace Bitwarden.TestServer;

/// <summary>Puts the web application together. It reads no configuration and no environment variable.</summary>
internal static class ServerBuilder
{
    internal const string AuthorityFileName = "ca.pem";

    internal static WebApplication Build(ServerContext context, DirectoryInfo directory)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        using CertificateAuthority authority = new();
        File.WriteAllText(Path.Combine(directory.FullName, AuthorityFileName), authority.ExportPem());
        Listen(builder, context.Options, authority.IssueLoopback());
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        WebApplication application = builder.Build();
        UseMiddleware(application, context);
        MapEndpoints(application, context);
        return application;
    }

    private static void Listen(WebApplicationBuilder builder, EmbeddedServerOptions options, X509Certificate2 certificate)
    {
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, options.HttpPort ?? 0);
            kestrel.Listen(IPAddress.Loopback, options.HttpsPort ?? 0, listen => listen.UseHttps(certificate));
        });
    }

    private static void UseMiddleware(WebApplication application, ServerContext context)
    {
        RequestLogMiddleware log = new(context.Requests);
        FaultMiddleware faults = new(context, application.Lifetime.ApplicationStopping);
        application.Use(next => request => AnswerDatedAsync(request, next, context.Clock));
        application.UseWhen(request => !request.Request.Path.StartsWithSegments(ControlEndpoints.Prefix), client =>
        {
            client.Use(next => request => log.HandleAsync(request, next));
            client.Use(next => request => faults.HandleAsync(request, next));
        });
        application.Use(next => request => AnswerErrorsAsync(request, next, context.Json));
        application.UseRouting();
    }

    private static Task AnswerDatedAsync(HttpContext request, RequestDelegate next, ServerClock clock)
    {
        request.Response.Headers.Date = clock.UtcNow.ToString("R", CultureInfo.InvariantCulture);
        return next(request);
    }

    private static async Task AnswerErrorsAsync(HttpContext request, RequestDelegate next, ApiJson json)
    {
        try
        {
            await next(request);
        }
        catch (ApiException e)
        {
            await json.WriteErrorAsync(request, e);
        }
        catch (Exception e) when (e is not OperationCanceledException and not BadHttpRequestException and not IOException && !request.Response.HasStarted)
        {
            await json.WriteErrorAsync(request, ApiException.Unhandled());
        }
    }

    private static void MapEndpoints(WebApplication application, ServerContext context)
    {
        ServerRoutes routes = new(application, context);
        TokenEndpoint.Map(routes);
        PreloginEndpoint.Map(routes);
        ConfigEndpoint.Map(routes);
        SyncEndpoint.Map(routes);
        CipherEndpoints.Map(routes);
        BulkCipherEndpoints.Map(routes);
        ShareEndpoints.Map(routes);
        CollectionEndpoints.Map(routes);
        FolderEndpoints.Map(routes);
        ImportEndpoints.Map(routes);
        OrganizationExportEndpoint.Map(routes);
        AttachmentEndpoints.Map(routes);
        AccountEndpoints.Map(routes);
        LoginMailEndpoints.Map(routes);
        KeyConnectorEndpoint.Map(routes);
        ControlEndpoints.Map(routes);
        application.MapFallback("{**path}", (RequestDelegate)(_ => throw ApiException.NotFound()));
    }
}
