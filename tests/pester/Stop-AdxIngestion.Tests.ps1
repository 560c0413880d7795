# Cancelling what the service ingests from a container: what is stopped, what is too late, and what nobody can take back.

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/ParameterForm.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    # It holds what is queued back for longer than any test takes.
    $slow = Open-LocalCluster -IngestionDelay '01:00:00'
    $slowConnection = Connect-Adx -Local $slow.ClusterUri
    $null = New-AdxTable Orders 'Id:long'
    $quickConnection = Connect-Adx -Local
    $null = New-AdxTable Orders 'Id:long'
    $prefix = [guid]::NewGuid().ToString('N')

    # Puts two blobs there; gives the address of their folder, with the right to read it.
    function Get-Folder($Connection) {
        $own = [uri] (Invoke-RestMethod "$($Connection.Cluster)v1/rest/ingestion/configuration").containerSettings.containers[0].path
        foreach ($number in 1, 2) {
            $null = Invoke-WebRequest "$($own.GetLeftPart('Path'))/$prefix/$number.csv$($own.Query)" -Method Put -Body "$number`n" -Headers @{ 'x-ms-blob-type' = 'BlockBlob' } -ContentType 'text/plain'
        }
        "$($own.GetLeftPart('Path'))/$prefix/$($own.Query)"
    }
    $slowFolder = Get-Folder $slowConnection
    $quickFolder = Get-Folder $quickConnection

    function Send-Container($Connection, $Folder) {
        Send-AdxData Orders -Uri $Folder -Container -Format Csv -Connection $Connection
    }
}

AfterAll {
    Stop-AdxLocal
    $slow.Dispose()
}

Describe 'The parameters of Stop-AdxIngestion' {
    It '<Parameter> of <Set> is: <Form>' -ForEach @(
        @{ Parameter = 'Ingestion'; Set = 'Object'; Form = 'AdxIngestion[], mandatory, position 0, from pipeline' }
        @{ Parameter = 'Id'; Set = 'Id'; Form = 'Guid[], mandatory' }
        @{ Parameter = 'OperationId'; Set = 'Operation'; Form = 'String[], mandatory, by name' }
        @{ Parameter = 'Table'; Set = 'Operation'; Form = 'String, mandatory, by name' }
        @{ Parameter = 'Connection'; Set = 'Object'; Form = 'AdxConnection' }
    ) {
        Get-ParameterForm Stop-AdxIngestion $Parameter $Set | Should -BeExactly $Form
    }
}

Describe 'Stop-AdxIngestion' {
    It 'cancels what the service has not ingested' {
        $sent = Send-Container $slowConnection $slowFolder
        $requests = Get-LocalRequest -Cluster $slow { $script:stopped = $sent | Stop-AdxIngestion -Connection $slowConnection -WarningVariable script:warnings }
        $requests | Should -HaveCount 1
        $stopped | Should -BeOfType AdxFlow.AdxIngestion
        "$($stopped.Id) $($stopped.Status) $($stopped.IsFinished)" | Should -BeExactly "$($sent.Id) Canceled True"
        $warnings | Should -BeNullOrEmpty
        (Get-AdxIngestion -Id $sent.Id -Connection $slowConnection).Status | Should -Be 'Canceled'
    }

    It 'finds it by <By>' -ForEach @(
        @{ By = 'its id'; Call = { param($sent) Stop-AdxIngestion -Id $sent.Id -Connection $slowConnection } }
        @{ By = 'the id of its operation'; Call = { param($sent) Stop-AdxIngestion -OperationId $sent.Batches[0].OperationId -Table Orders -Connection $slowConnection } }
        @{ By = 'its batches, that name the operation'; Call = { param($sent) $sent.Batches | Select-Object OperationId, @{ n = 'Table'; e = { 'Orders' } } | Stop-AdxIngestion -Connection $slowConnection } }
        @{ By = 'what was stored of it as JSON'; Call = { param($sent) $sent | ConvertTo-Json -Depth 5 | ConvertFrom-Json | Stop-AdxIngestion -Connection $slowConnection } }
    ) {
        $sent = Send-Container $slowConnection $slowFolder
        (& $Call $sent).Status | Should -Be 'Canceled'
        (Wait-AdxIngestion $sent -Connection $slowConnection -ErrorAction SilentlyContinue).Status | Should -Be 'Canceled'
    }

    It 'says for what it is too late' {
        $sent = Send-Container $quickConnection $quickFolder
        Wait-Until { (Invoke-AdxQuery 'Orders | count').Count -eq 2 }
        $stopped = $sent | Stop-AdxIngestion -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -BeLike 'It is too late for 2 of the 2 blobs*'
        $stopped.Status | Should -BeIn 'Succeeded', 'Canceled'
    }

    It 'asks for nothing that is finished, and says so' {
        $done = Send-Container $quickConnection $quickFolder | Wait-AdxIngestion
        Get-LocalRequest { $script:stopped = $done | Stop-AdxIngestion -WarningVariable script:warnings -WarningAction SilentlyContinue } | Should -BeNullOrEmpty
        $stopped.Status | Should -Be 'Succeeded'
        $warnings[0].Message | Should -BeLike 'It is too late to cancel*'
    }

    It 'writes nothing to the other streams' {
        $sent = Send-Container $slowConnection $slowFolder
        $sent | Stop-AdxIngestion -Connection $slowConnection -Verbose:$false 2>&1 3>&1 4>&1 5>&1 6>&1 | Should -BeOfType 'AdxFlow.AdxIngestion'
    }
}

Describe 'What cannot be cancelled' {
    It 'is a batch that was queued by itself, and the others are' {
        $alone = [pscustomobject]@{ Id = 1 } | Send-AdxData Orders -Connection $slowConnection
        $container = Send-Container $slowConnection $slowFolder
        $stopped = $alone, $container | Stop-AdxIngestion -Connection $slowConnection -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeExactly 'AdxIngestionNotCancelable,AdxFlow.PowerShell.Ingestion.StopAdxIngestionCommand'
        $failures[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
        $failures[0].TargetObject.Id | Should -Be $alone.Id
        $failures[0].ErrorDetails.RecommendedAction | Should -BeLike '*-Container*'
        $stopped.Status | Should -Be 'Canceled'
    }

    It 'is an operation that the service does not know' {
        $failure = Get-Failure { Stop-AdxIngestion -OperationId 'no;such' -Table Orders -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxIngestionNotFound,*'
        $failure.CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'is an id that this session has not sent' {
        (Get-Failure { Stop-AdxIngestion -Id ([guid]::NewGuid()) -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'AdxIngestionNotFound,*'
    }

    It 'is somebody else''s without the right to ingest' {
        $sent = Send-Container $slowConnection $slowFolder
        $stranger = Connect-Adx -Local $slow.ClusterUri -Principal "aadapp=$([guid]::NewGuid());contoso.com"
        $null = Connect-Adx -Local
        (Get-Failure { $sent | Stop-AdxIngestion -Connection $stranger -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'AdxForbidden,*'
    }
}

Describe 'An ingestion of a container, after a restart' {
    It 'is followed from what was stored' {
        $sent = Send-Container $quickConnection $quickFolder
        Export-Clixml -InputObject $sent -Path "$TestDrive/sent.xml" -Depth 5
        $done = Import-Clixml "$TestDrive/sent.xml" | Wait-AdxIngestion -Timeout 30s
        $done.Status | Should -Be 'Succeeded'
        $done.Batches | Should -HaveCount 1
    }
}
