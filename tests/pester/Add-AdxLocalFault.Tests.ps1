# Faults of the stand-in, by name and count.

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/ParameterForm.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
}

Describe 'Add-AdxLocalFault' {
    BeforeEach {
        $connection = Connect-Adx -Local
        $null = New-AdxTable T 'a:long'
    }

    AfterEach {
        Stop-AdxLocal
    }

    It 'takes a fault again that Get-AdxLocalFault wrote, with no path as with one' {
        Add-AdxLocalFault Forbidden -UrlPath $null
        Add-AdxLocalFault NotFound -UrlPath /storage
        Get-AdxLocalFault | Add-AdxLocalFault
        (Get-AdxLocalFault | ForEach-Object { "$($_.Name)$($_.UrlPath)" }) -join ' ' | Should -BeExactly 'Forbidden NotFound/storage Forbidden NotFound/storage'
    }

    It '<Name> is answered with <Status>' -ForEach @(
        @{ Name = 'TooManyRequests'; Status = 429 }
        @{ Name = 'ServiceUnavailable'; Status = 503 }
        @{ Name = 'GatewayTimeout'; Status = 504 }
        @{ Name = 'InternalServerError'; Status = 500 }
        @{ Name = 'BadRequest'; Status = 400 }
        @{ Name = 'Unauthorized'; Status = 401 }
        @{ Name = 'Forbidden'; Status = 403 }
        @{ Name = 'NotFound'; Status = 404 }
    ) {
        Add-AdxLocalFault $Name | Should -BeNullOrEmpty
        $ask = { Invoke-WebRequest "$($connection.Cluster)v1/rest/mgmt" -Method Post -ContentType application/json -Body '{"csl":".show version"}' -SkipHttpErrorCheck }
        (& $ask).StatusCode | Should -Be $Status
        (& $ask).StatusCode | Should -Be 200 -Because 'it is spent'
        (Get-AdxLocalFault).Name | Should -Be $Name
    }

    It 'strikes as many requests as it is told, and tells the time to wait' {
        Add-AdxLocalFault TooManyRequests 2 -RetryAfter 3s
        $answers = 1..3 | ForEach-Object { Invoke-WebRequest "$($connection.Cluster)v1/rest/auth/metadata" -SkipHttpErrorCheck }
        $answers.StatusCode | Should -Be 429, 429, 200
        $answers[0].Headers['Retry-After'] | Should -Be '3'
    }

    It 'strikes only what it is meant for' {
        Add-AdxLocalFault ServiceUnavailable -Target Upload, Query
        (Get-AdxTable T).Name | Should -Be 'T'
        (Get-AdxLocalFault).Remaining | Should -Be 1
        $null = [pscustomobject]@{ a = 1 } | Send-AdxData T -Wait
        (Get-AdxLocalFault).Remaining | Should -Be 0
    }

    It 'strikes Adobe''s <Target>, whose error ends as <Id>' -ForEach @(
        @{ Target = 'Ims'; Name = 'Unauthorized'; Ask = { Connect-Flow -Local -ErrorAction Stop }; Id = 'FlowAuthenticationFailed' }
        @{ Target = 'Flow'; Name = 'ServiceUnavailable'; Ask = { Get-Flow -ErrorAction Stop }; Id = 'FlowServiceError' }
        @{ Target = 'FlowNeighbours'; Name = 'Forbidden'; Ask = { Get-FlowDataset -ErrorAction Stop }; Id = 'FlowAccessDenied' }
    ) {
        $null = Connect-Flow -Local
        Add-AdxLocalFault $Name 20 -Target $Target
        $null = Get-AdxTable
        $failure = try { & $Ask } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        (Get-AdxLocalFault).Remaining | Should -BeLessThan 20
    }

    It 'strikes only below a path, if it is given one' {
        Add-AdxLocalFault NotFound -Target Metadata, Command -UrlPath /v1/rest/auth
        (Get-AdxTable T).Name | Should -Be 'T'
        { Invoke-WebRequest "$($connection.Cluster)v1/rest/auth/metadata" } | Should -Throw '*404*'
    }

    It 'lets a runbook go on that retries, whatever happens to it' {
        Add-AdxLocalFault ConnectionReset -Target Upload
        Add-AdxLocalFault ServiceUnavailable -Target Queue
        Add-AdxLocalFault AnswerCut -Target Status
        Add-AdxLocalFault Delay -Delay 0.02s -Target Status
        ([pscustomobject]@{ a = 1 } | Send-AdxData T -Wait).Status | Should -Be 'Succeeded'
        Get-AdxLocalFault | ForEach-Object Remaining | Should -Be 0, 0, 0, 0
    }

    It 'can let the answer alone be lost' {
        Add-AdxLocalFault InternalServerError -Target Command -AfterAction
        { Invoke-AdxCommand '.create table Made (a:long)' } | Should -Throw
        (Get-AdxTable Made).Name | Should -Be 'Made'
    }

    It 'writes the fault if asked, and takes it from the pipeline' {
        $fault = Add-AdxLocalFault GatewayTimeout 3 -Target Query, Status -RetryAfter 1m -UrlPath /v2 -AfterAction -PassThru
        $fault | Should -BeOfType 'AdxFlow.AdxLocalFault'
        $fault.Target | Should -Be Query, Status
        $fault.Count, $fault.Remaining, $fault.Struck | Should -Be 3, 3, 0
        $fault.RetryAfter | Should -Be ([timespan] '00:01:00')
        $again = $fault | Add-AdxLocalFault -PassThru
        $again.Id | Should -BeGreaterThan $fault.Id
        $again | Select-Object * -ExcludeProperty Id | ConvertTo-Json | Should -Be ($fault | Select-Object * -ExcludeProperty Id | ConvertTo-Json)
        $text = $fault | Out-String -Width 120
        $text | Should -BeLike '*GatewayTimeout*0*3*Query, Status*/v2*RetryAfter 60 s, AfterAction*'
        $text -split "`n" | ForEach-Object { $_.TrimEnd().Length | Should -BeLessOrEqual 120 }
    }

    It 'refuses <Case>' -ForEach @(
        @{ Case = 'a delay without its length'; Arguments = @{ Name = 'Delay' } }
        @{ Case = 'a length without a delay'; Arguments = @{ Name = 'NotFound'; Delay = '1s' } }
        @{ Case = 'a time to wait without an answer'; Arguments = @{ Name = 'ConnectionReset'; RetryAfter = '1s' } }
        @{ Case = 'a cut answer after the action'; Arguments = @{ Name = 'AnswerCut'; AfterAction = $true } }
        @{ Case = 'a path that is none'; Arguments = @{ Name = 'NotFound'; UrlPath = 'storage' } }
    ) {
        $failure = Get-Failure { Add-AdxLocalFault @Arguments }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxLocalFaultInvalid,*'
        $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
        Get-AdxLocalFault | Should -BeNullOrEmpty
    }

    It 'needs a stand-in' {
        Stop-AdxLocal
        $failure = Get-Failure { Add-AdxLocalFault NotFound }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxLocalNotRunning,*'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*Start-AdxLocal*'
    }

    It 'adds nothing with -WhatIf' {
        Add-AdxLocalFault NotFound -WhatIf -PassThru | Should -BeNullOrEmpty
        Get-AdxLocalFault | Should -BeNullOrEmpty
    }
}

Describe 'The parameters of Add-AdxLocalFault' {
    It '-<Parameter> is <Form>' -ForEach @(
        @{ Parameter = 'Name'; Form = 'AdxLocalFaultName, mandatory, position 0, by name' }
        @{ Parameter = 'Count'; Form = 'Int32, position 1, by name' }
        @{ Parameter = 'Target'; Form = 'AdxLocalFaultTarget[], by name' }
        @{ Parameter = 'UrlPath'; Form = 'String, by name' }
        @{ Parameter = 'AfterAction'; Form = 'SwitchParameter, by name' }
        @{ Parameter = 'PassThru'; Form = 'SwitchParameter' }
    ) {
        Get-ParameterForm Add-AdxLocalFault $Parameter '*' | Should -BeExactly $Form
    }

    It '-Count is at least 1, and a name or target that is none is refused' {
        (Get-Failure { Add-AdxLocalFault NotFound 0 }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentValidationError,*'
        (Get-Failure { Add-AdxLocalFault Nothing }).FullyQualifiedErrorId | Should -BeLike 'CannotConvertArgumentNoMessage,*'
        (Get-Failure { Add-AdxLocalFault NotFound -RetryAfter 5 }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
    }
}
