@{
    RootModule           = 'module/AdxFlow.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = 'b1c7a1de-6e35-4a8b-9d0c-2f8f1f0b3c55'
    Author               = 'AdxFlow contributors'
    CompanyName          = 'AdxFlow contributors'
    Copyright            = '(c) AdxFlow contributors. MIT licence.'
    Description          = 'Sends objects and files in batches into Azure Data Explorer (ADX, Kusto), with the tables, mappings, policies, roles and queries that go with it. Every kind of sign-in, for prompts and for runbooks. Ingestion is queued, compressed and streams in bounded memory; query results stream as typed objects; an embedded stand-in for ADX lets everything be tried without a cluster.'

    CompatiblePSEditions = @('Core')
    PowerShellVersion    = '7.4'
    FormatsToProcess     = @('module/AdxFlow.Format.ps1xml')

    CmdletsToExport      = @(
        'Connect-Adx'
        'Disconnect-Adx'
        'Get-AdxConnection'
        'Start-AdxLocal'
        'Stop-AdxLocal'
        'Get-AdxDatabase'
        'New-AdxTable'
        'Get-AdxTable'
        'Clear-AdxTable'
        'Remove-AdxTable'
        'Get-AdxTablePolicy'
        'Set-AdxTablePolicy'
        'New-AdxMapping'
        'Get-AdxMapping'
        'Remove-AdxMapping'
        'Grant-AdxIngestor'
        'Revoke-AdxIngestor'
        'Get-AdxRole'
        'Grant-AdxRole'
        'Revoke-AdxRole'
        'Set-AdxRole'
        'Test-AdxAccess'
        'Invoke-AdxQuery'
        'Invoke-AdxCommand'
        'Send-AdxData'
        'Get-AdxIngestion'
        'Wait-AdxIngestion'
        'Stop-AdxIngestion'
        'Get-AdxIngestionFailure'
        'Get-AdxSpool'
        'Resume-AdxSpool'
        'Remove-AdxSpool'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()

    PrivateData          = @{
        PSData = @{
            Tags         = @('Azure', 'AzureDataExplorer', 'ADX', 'Kusto', 'KQL', 'Ingestion', 'Data', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            ReleaseNotes = 'See CHANGELOG.md in the module folder.'
        }
    }
}
